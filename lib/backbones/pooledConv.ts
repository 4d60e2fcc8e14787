// A narrow convolutional network that looks at every pixel: a first layer without stride, the
// largest of each 2×2 window three times, the largest over all positions at the end.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Backbone, Module} from '../module';
import {batchNorm} from '../layers/batchNorm';
import {convolution} from '../layers/convolution';
import {normalFanOut} from '../layers/initial';
import {initialParts, run} from '../layers/parts';
import {relu} from '../layers/relu';

/** Options of {@link pooledConv}. */
export interface PooledConvOptions {
  /** Size of the embedding, a multiple of 8. Time grows with its square. @default 128 */
  width?: number;
  /** Color channels of the images. @default 3 */
  channels?: number;
}

/** Channels of each layer in eighths of the width, and whether its positions are pooled. */
const layers = [
  {eighths: 1, pooled: true},
  {eighths: 2, pooled: false},
  {eighths: 2, pooled: true},
  {eighths: 4, pooled: false},
  {eighths: 4, pooled: true},
  {eighths: 8, pooled: false},
] as const;

/**
 * For images of 16 to 64 px; at 32 px and width 128, 17 million floating-point operations an image.
 *
 * Six convolutions 3×3 to width/8, width/4, width/4, width/2, width/2 and width channels, each with
 * BatchNorm and ReLU; 2×2 max-pooling between convolution and BatchNorm of the first, third and
 * fifth; the maximum over all positions. The order of pooling and normalization, the narrow first
 * layer and the maximum at the end are those of the fastest public trainings on CIFAR-10 (Page 2018,
 * "How to train your ResNet"; Jordan 2024, arXiv:2404.00498, listing of `airbench94`).
 */
export function pooledConv({width = 128, channels = 3}: PooledConvOptions = {}): Backbone {
  check(
    Number.isInteger(width) && width > 0 && width % 8 === 0,
    'pooledConv',
    `expected a width that is a multiple of 8, got ${width}`,
  );
  const parts: Record<string, Module<tf.Tensor4D, tf.Tensor4D>> = {};
  let inputs = channels;
  layers.forEach(({eighths}, i) => {
    const outputs = (width / 8) * eighths;
    parts[`conv${i + 1}`] = convolution(inputs, outputs, {initial: normalFanOut});
    parts[`bn${i + 1}`] = batchNorm(outputs);
    inputs = outputs;
  });
  return {
    width,
    init: key => initialParts(parts, key),
    apply: (params, images, mode) =>
      tf.tidy(() => {
        let x = images;
        layers.forEach(({pooled}, i) => {
          x = run(parts, `conv${i + 1}`, params, x, mode);
          if (pooled) x = tf.maxPool(x, 2, 2, 'valid'); // [n, ⌊h/2⌋, ⌊w/2⌋, c]
          x = relu(run(parts, `bn${i + 1}`, params, x, mode));
        });
        return x.max<tf.Tensor2D>([1, 2]); // [n, width]
      }),
  };
}
