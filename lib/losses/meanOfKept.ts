// The mean over those negatives of an anchor that count.

import {tf} from '../engine/tf';

/**
 * @param values [n, m].
 * @param kept Bool [n, m].
 * @returns [n]; 0 where none counts.
 */
export function meanOfKept(values: tf.Tensor2D, kept: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const weights = kept.toFloat();
    return values.mul(weights).sum(1).div(weights.sum(1).maximum(1)) as tf.Tensor1D;
  });
}
