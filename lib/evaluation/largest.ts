// The largest entries of long rows, faster than sorting them: those of a row lie in as many of its
// groups, the ones with the largest maxima.

import {check} from '../check';
import {tf} from '../engine/tf';

/** Columns in a group: as many candidates remain as there are groups. */
export const groupSize = (columns: number, k: number): number => Math.max(1, Math.floor(Math.sqrt(columns / k)));

/**
 * The k largest entries of each row, largest first; of equal ones the first comes first.
 *
 * @param x [n, m] float32, finite, m a multiple of `group`.
 * @param group Columns in a group, at most m / k; {@link groupSize} is fast.
 * @param columns Only the first so many are looked for, the others repeat the last of them.
 * @default m
 * @returns Both [n, k].
 * @throws RangeError when m is no multiple of `group`, or has fewer than k groups.
 */
export function largest(
  x: tf.Tensor2D,
  k: number,
  group: number,
  columns = x.shape[1],
): {values: tf.Tensor2D; indices: tf.Tensor2D} {
  const [n, m] = x.shape;
  check(
    m % group === 0 && m / group >= k,
    'largest',
    `expected at least ${k} whole groups of ${group} columns, got [${x.shape}]`,
  );
  return tf.tidy(() => {
    const groups = x.reshape([n, m / group, group]) as tf.Tensor3D;
    const first = tf.topk(groups.max(2), k).indices; // [n, k] groups
    // in the order of the row, so that equal entries keep it
    const chosen = tf.topk(first.neg(), k).values.neg() as tf.Tensor2D;
    const index = chosen
      .expandDims(2)
      .mul(tf.scalar(group, 'int32'))
      .add(tf.range(0, group, 1, 'int32')); // [n, k, group] columns of the candidates
    const candidates = tf.gather(groups, chosen, 1, 1); // [n, k, group]
    const real = tf.where(index.less(tf.scalar(columns, 'int32')), candidates, -Infinity);
    const {values, indices} = tf.topk(real.reshape([n, k * group]), k);
    return {
      values: values as tf.Tensor2D,
      indices: tf.gather(index.reshape([n, k * group]), indices, 1, 1) as tf.Tensor2D,
    };
  });
}
