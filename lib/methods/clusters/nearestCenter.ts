// Which of several centers is nearest to a point.

import {tf} from '../../engine/tf';

/**
 * @param points [n, d].
 * @param centers [k, d].
 * @returns [n] int32: of each point the center at the smallest distance, the first of those at the
 * same.
 */
export function nearestCenter(points: tf.Tensor2D, centers: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(
    () =>
      centers
        .square()
        .sum(1)
        .div(2)
        .sub(tf.matMul(points, centers, false, true))
        .argMin(1) as tf.Tensor1D,
  ); // [n, k]: half the squared distance, less what all centers share
}
