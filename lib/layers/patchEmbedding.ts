// Cuts images into square patches and projects each to a token.
// Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words: Transformers for Image Recognition at
// Scale", arXiv:2010.11929, eq. 1; parameters as in timm's PatchEmbed.

import {check} from '../check';
import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import type {Module, Params} from '../module';
import {addBias} from './bias';
import {uniformFanIn} from './initial';
import {tokensAt} from './tokensAt';

/**
 * @param images [n, h, w, c], h and w multiples of `size`.
 * @returns [n, h·w/size², size²·c]: patches row by row, of each its pixels row by row.
 */
export function patches(images: tf.Tensor4D, size: number): tf.Tensor3D {
  const [n, h, w, c] = images.shape;
  check(
    h % size === 0 && w % size === 0,
    'patches',
    `expected a height and a width that are multiples of ${size}, got [${images.shape}]`,
  );
  return tf.tidy(() =>
    images
      .reshape([n, h / size, size, w / size, size * c])
      .transpose([0, 1, 3, 2, 4])
      .reshape([n, (h * w) / size ** 2, size ** 2 * c]),
  );
}

export interface PatchEmbedding extends Module<tf.Tensor4D, tf.Tensor3D> {
  /**
   * What `apply` returns for some patches only: the others are not computed.
   *
   * @param kept [n, k] int32: their places, counted row by row.
   * @returns [n, k, width]
   */
  ofKept(params: Params, images: tf.Tensor4D, kept: tf.Tensor2D): tf.Tensor3D;
}

/** Options of {@link patchEmbedding}. */
export interface PatchEmbeddingOptions {
  /** Whether an offset is added. @default true */
  bias?: boolean;
}

/**
 * A convolution whose kernel and stride are the patch: its part `proj` has `weight` [patch, patch,
 * channels, width] and `bias` [width], which start as torch's.
 *
 * @returns Module from images [n, h, w, channels] to tokens [n, h·w/patch², width], row by row.
 */
export function patchEmbedding(
  channels: number,
  patch: number,
  width: number,
  {bias: offset = true}: PatchEmbeddingOptions = {},
): PatchEmbedding {
  const inputs = patch ** 2 * channels;
  const fans = {in: inputs, out: width};
  const embed = ({proj}: Params, images: tf.Tensor4D, kept?: tf.Tensor2D): tf.Tensor3D =>
    tf.tidy(() => {
      check(
        images.rank === 4 && images.shape[3] === channels,
        'patchEmbedding',
        `expected [n, h, w, ${channels}], got [${images.shape}]`,
      );
      const {weight, bias} = proj as Record<'weight' | 'bias', tf.Tensor>;
      const all = patches(images, patch);
      const x = kept ? tokensAt(all, kept) : all;
      const [n, l] = x.shape;
      const y = tf.matMul(x.reshape([n * l, inputs]), weight.reshape([inputs, width]));
      return (offset ? addBias(y, bias) : y).reshape([n, l, width]) as tf.Tensor3D;
    });
  return {
    width,
    init: key =>
      tf.tidy(() => ({
        proj: {
          weight: uniformFanIn(fold(key, 'weight'), [patch, patch, channels, width], fans),
          ...(offset && {bias: uniformFanIn(fold(key, 'bias'), [width], fans)}),
        },
      })),
    ofKept: embed,
    apply: (params, images) => embed(params, images),
  };
}
