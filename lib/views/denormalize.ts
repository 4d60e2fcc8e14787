// Makes pictures of what a recipe has normalized.

import {check} from '../check';
import {clip} from '../engine/clip';
import {tf} from '../engine/tf';
import {normalize, type NormalizeOptions} from './normalize';

/**
 * The inverse of {@link normalize}, for images that are looked at.
 *
 * @returns x · standard deviation + mean per channel, held within [0, 1]: what a method paints may
 * be brighter than white.
 * @throws RangeError when a standard deviation is not above 0, or there is not one number per
 * channel.
 */
export function denormalize({mean, standardDeviation}: NormalizeOptions): (images: tf.Tensor4D) => tf.Tensor4D {
  check(
    standardDeviation.every(s => s > 0),
    'denormalize',
    `expected standard deviations above 0, got [${standardDeviation}]`,
  );
  const undo = normalize({
    mean: mean.map((m, i) => -m / standardDeviation[i]!),
    standardDeviation: standardDeviation.map(s => 1 / s),
  });
  return images => tf.tidy(() => clip(undo(images)));
}
