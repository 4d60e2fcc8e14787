// Makes pictures of what a recipe has normalised.

import {tf} from '../engine/tf';
import {normalize, type NormalizeOptions} from './normalize';

/**
 * The inverse of {@link normalize}, for images that are looked at.
 *
 * @returns x · standard deviation + mean per channel, held within [0, 1]: what a method paints may be brighter than white.
 * @throws RangeError when a standard deviation is not above 0, or there is not one number per channel.
 */
export function denormalize({mean, standardDeviation}: NormalizeOptions): (images: tf.Tensor4D) => tf.Tensor4D {
  const undo = normalize({mean: mean.map((m, i) => -m / standardDeviation[i]!), standardDeviation: standardDeviation.map(s => 1 / s)});
  return images => tf.tidy(() => undo(images).clipByValue(0, 1));
}
