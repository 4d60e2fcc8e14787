// Which of several centres is nearest to a point.

import {tf} from '../../engine/tf';

/**
 * @param points [n, d].
 * @param centres [k, d].
 * @returns [n] int32: of each point the centre at the smallest distance, the first of those at the
 * same.
 */
export function nearestCentre(points: tf.Tensor2D, centres: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(
    () =>
      centres
        .square()
        .sum(1)
        .div(2)
        .sub(tf.matMul(points, centres, false, true))
        .argMin(1) as tf.Tensor1D,
  ); // [n, k]: half the squared distance, less what all centres share
}
