// Sorting within rows, on the device and recordable: what random order and order by attention have
// in common.

import {tf} from '../engine/tf';

/**
 * [n, l] int32: places of the values of each row, from the smallest to the largest; of equal ones
 * the first comes first.
 */
export function ascending(values: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.topk(values.toFloat().neg(), values.shape[1]).indices);
}

/**
 * [n, l] int32: how many values of its row come before each, 0 for the smallest; of equal ones the
 * first comes first.
 */
export function ranks(values: tf.Tensor2D): tf.Tensor2D {
  // the inverse of a permutation is the order that sorts it
  return tf.tidy(() => ascending(ascending(values)));
}
