// Which colors an image has, whatever their places.
// Swain & Ballard 1991, "Color Indexing", International Journal of Computer Vision 7(1).

import {check} from '../check';
import {bool, operation, type} from '../engine/operation';
import {tf} from '../engine/tf';

/** Options of {@link colorHistogram}. */
export interface ColorHistogramOptions {
  /** Equal bins of each channel; colors have as many to the power of their channels. @default 8 */
  bins?: number;
}

/**
 * The share of pixels in each bin of color space, all channels jointly.
 *
 * @param images [n, h, w, c] in [0, 1], c = 1 or 3.
 * @returns [n, bins^c], rows of sum 1; red varies slowest. An even image has one entry of 1.
 * @throws RangeError when there are other numbers of channels, or bins is no whole number from 2 to
 * 32.
 */
export function colorHistogram(images: tf.Tensor4D, {bins = 8}: ColorHistogramOptions = {}): tf.Tensor2D {
  const [n, h, w, c] = images.shape;
  check(c === 1 || c === 3, 'colorHistogram', `expected images of 1 or 3 channels, got [${images.shape}]`);
  check(
    Number.isInteger(bins) && bins >= 2 && bins <= 32,
    'colorHistogram',
    `expected a whole number of bins from 2 to 32, got ${bins}`,
  );
  return tf.tidy(() => {
    const level = tf.minimum(images.mul(bins).floor(), bins - 1); // 1 belongs to the last bin
    const place = tf.tensor1d(Array.from({length: c}, (_, i) => bins ** (c - 1 - i)));
    const color = level
      .mul(place)
      .sum(3)
      .reshape([n, h * w])
      .cast('int32'); // [n, h·w] numbers of bins
    const none = tf.tensor1d([], 'float32');
    const counts = operation('DenseBincount', {Tidx: type('int32'), T: type('float32'), binary_output: bool(false)}, [
      color,
      tf.scalar(bins ** c, 'int32'),
      none,
    ]);
    return counts.div(h * w) as tf.Tensor2D;
  });
}
