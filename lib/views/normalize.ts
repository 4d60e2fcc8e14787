// The last step of every recipe: channels of mean 0 and standard deviation 1 over the data set.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Key} from '../module';

/** Options of {@link normalize}. */
export interface NormalizeOptions {
  /** Per channel, in the units of images in [0, 1]. */
  mean: readonly number[];
  standardDeviation: readonly number[];
}

/**
 * A view of (x − mean) / standard deviation per channel; it draws nothing and needs no key. What it
 * returns is for a backbone and no longer in [0, 1].
 *
 * @throws RangeError when a standard deviation is not above 0, or there is not one number per
 * channel.
 */
export function normalize({
  mean,
  standardDeviation,
}: NormalizeOptions): (images: tf.Tensor4D, key?: Key) => tf.Tensor4D {
  check(
    mean.length === standardDeviation.length,
    'normalize',
    `expected as many means as standard deviations, got [${mean}] and [${standardDeviation}]`,
  );
  check(
    standardDeviation.every(s => s > 0),
    'normalize',
    `expected standard deviations above 0, got [${standardDeviation}]`,
  );
  return images =>
    tf.tidy(() => {
      const [n, h, w, c] = images.shape;
      check(c === mean.length, 'normalize', `expected images of ${mean.length} channels, got [${images.shape}]`);
      // [1, w·c]: a pass over long rows is four times as fast as over triples
      const row = (perChannel: number[]) => tf.tile(tf.tensor2d(perChannel, [1, c]), [1, w]);
      const scaled = images.reshape([n * h, w * c]).mul(row(standardDeviation.map(s => 1 / s)));
      return scaled.sub(row(mean.map((m, i) => m / standardDeviation[i]!))).reshape([n, h, w, c]);
    });
}
