// Two views that are made of one: each with channels of its own, for an encoder of its own.

import type {tf} from '../engine/tf';

/** Two views of an image as functions of it: channels of a color space, for example. */
export interface ViewPair {
  /** Channels of the two. */
  channels: readonly [first: number, second: number];
  /**
   * @param images Normalized [n, h, w, c].
   * @returns New tensors [n, h, w, channels]. A pure function.
   */
  split(images: tf.Tensor4D): {first: tf.Tensor4D; second: tf.Tensor4D};
}
