// Gaussian blur, each image with a width of its own.
// Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
// arXiv:2002.05709, app. A.

import {check} from '../check';
import {clip} from '../engine/clip';
import {uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {resample} from './resample';
import type {View} from './view';

/**
 * What lies beyond the border: the image mirrored without its edge (torchvision), or nothing, so
 * that borders darken (the code of SimCLR and BYOL).
 */
export type Padding = 'reflect' | 'zero';

/** Options of {@link randomBlur}. */
export interface BlurOptions {
  /**
   * Number of pixels that are weighed along each axis, odd.
   * @default {@link kernelSize} of the images' height
   */
  kernelSize?: number;
  /** @default 'reflect' */
  padding?: Padding;
}

/** Options of {@link randomBlur}. */
export interface RandomBlurOptions extends BlurOptions {
  /** Smallest and largest σ in pixels, drawn evenly. @default [0.1, 2] */
  sigma?: readonly [minimum: number, maximum: number];
}

/** A {@link View}: {@link gaussianBlur} with σ drawn per image. */
export function randomBlur({sigma = [0.1, 2], ...options}: RandomBlurOptions = {}): View {
  check(sigma[0] > 0 && sigma[0] <= sigma[1], 'randomBlur', `expected 0 < smallest sigma ≤ largest, got [${sigma}]`);
  return (images, key) =>
    tf.tidy(() =>
      gaussianBlur(images, uniform(key, [images.shape[0]], {minimum: sigma[0], maximum: sigma[1]}), options),
    );
}

/** SimCLR's rule: a tenth of the image's height, made odd. 3 at 32 pixels, 7 at 64, 23 at 224. */
export function kernelSize(height: number): number {
  return 2 * Math.floor(height / 20) + 1;
}

/**
 * Weighs the neighbors along both axes by exp(−distance² / 2σ²), weights of sum 1.
 *
 * @param images [n, h, w, c] in [0, 1].
 * @param sigma [n] in pixels, above 0.
 * @returns Shape of `images`, in [0, 1]. An even image stays as it is with padding 'reflect'.
 * @throws RangeError when there is not one σ per image, the kernel size is even, or it reaches past
 * the mirrored image.
 * @see torchvision's `gaussian_blur`, which this equals with padding 'reflect'.
 */
export function gaussianBlur(
  images: tf.Tensor4D,
  sigma: tf.Tensor1D,
  {kernelSize: size = kernelSize(images.shape[1]), padding = 'reflect'}: BlurOptions = {},
): tf.Tensor4D {
  const [n, h, w] = images.shape;
  check(sigma.shape[0] === n, 'gaussianBlur', `expected one sigma per image, [${n}], got [${sigma.shape}]`);
  check(size % 2 === 1 && size > 0, 'gaussianBlur', `expected an odd kernel size, got ${size}`);
  check(
    size < 2 * Math.min(h, w),
    'gaussianBlur',
    `expected a kernel size below twice the side of the images [${images.shape}], got ${size}`,
  );
  return tf.tidy(() => {
    const radius = (size - 1) / 2;
    const raw = tf
      .range(-radius, radius + 1)
      .div(sigma.reshape([-1, 1]))
      .square()
      .mul(-0.5)
      .exp(); // [n, size]
    const taps = raw.div<tf.Tensor2D>(raw.sum(1, true));
    const rows = tapMatrix(taps, h, padding);
    return clip(resample(images, rows, h === w ? rows : tapMatrix(taps, w, padding)));
  });
}

/**
 * [n, length, length]: row i holds, at the pixel that each tap round i falls on, the weight of the
 * tap.
 */
function tapMatrix(taps: tf.Tensor2D, length: number, padding: Padding): tf.Tensor3D {
  const [n, size] = taps.shape;
  const pixels = Array.from({length: size}, (_, t) =>
    Array.from({length}, (_, i) => pixelAt(i + t - (size - 1) / 2, length, padding)),
  );
  // [size, length, length]; a pixel of −1 falls on none
  const fallsOn = tf.oneHot(tf.tensor2d(pixels, [size, length], 'int32'), length).cast('float32');
  return tf.matMul(taps, fallsOn.reshape([size, length * length]) as tf.Tensor2D).reshape([n, length, length]);
}

function pixelAt(position: number, length: number, padding: Padding): number {
  if (position >= 0 && position < length) return position;
  switch (padding) {
    case 'reflect':
      return position < 0 ? -position : 2 * (length - 1) - position;
    case 'zero':
      return -1;
    default:
      return padding satisfies never;
  }
}
