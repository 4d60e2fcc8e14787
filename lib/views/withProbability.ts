// Applies a view to some of the images and leaves the others as they are.

import {check} from '../check';
import {chooseRows} from '../engine/chooseRows';
import {split, uniform} from '../engine/random';
import {tf} from '../engine/tf';
import type {View} from './view';

/**
 * A view that happens to each image with a probability of its own draw. All images go through the
 * view, and those not chosen are put back.
 *
 * @param probability Share of the images, 0 to 1. At 0 nothing is computed; at 1 nothing is drawn
 * for the choice.
 * @param view One that keeps the images' size.
 * @throws RangeError when the probability is outside 0 to 1, or the view changes the size.
 */
export function withProbability(probability: number, view: View): View {
  check(
    probability >= 0 && probability <= 1,
    'withProbability',
    `expected a probability from 0 to 1, got ${probability}`,
  );
  return (images, key) =>
    tf.tidy(() => {
      if (probability === 0) return images.clone();
      const [choice, inner] = split(key, 2);
      const changed = view(images, inner!);
      check(
        `${changed.shape}` === `${images.shape}`,
        'withProbability',
        `expected a view that keeps the shape [${images.shape}], got [${changed.shape}]`,
      );
      return probability === 1
        ? changed
        : chooseRows(uniform(choice!, [images.shape[0]]).less(probability), changed, images);
    });
}
