// A matrix with one entry of each row left out: similarities without an anchor's own.

import {check} from '../check';
import {tf} from '../engine/tf';

/**
 * @param x [n, m].
 * @param column [n] int32: which entry of each row is left out, 0 to m − 1.
 * @returns [n, m − 1], the others in their order. Gradients flow; made without a gather, whose
 * gradient is slow.
 */
export function withoutColumn(x: tf.Tensor2D, column: tf.Tensor1D): tf.Tensor2D {
  const [n, m] = x.shape;
  check(
    m >= 2 && column.shape[0] === n,
    'withoutColumn',
    `expected a column for each row of [n, m], m ≥ 2, got [${column.shape}] for [${x.shape}]`,
  );
  return tf.tidy(() => {
    const before = tf.range(0, m - 1, 1, 'int32').less(column.expandDims(1)); // [n, m − 1]
    return tf.where(before, x.slice([0, 0], [n, m - 1]), x.slice([0, 1], [n, m - 1])) as tf.Tensor2D;
  });
}
