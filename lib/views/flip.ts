// Mirrors images left to right.

import {tf} from '../engine/tf';
import type {View} from './view';
import {withProbability} from './withProbability';

/** The first column becomes the last. */
export function horizontalFlip(images: tf.Tensor4D): tf.Tensor4D {
  return tf.reverse(images, 2);
}

/** A {@link View} that mirrors each image with this probability. @default 0.5 */
export function randomFlip(probability = 0.5): View {
  return withProbability(probability, horizontalFlip);
}
