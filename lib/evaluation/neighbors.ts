// The most similar samples of a bank, by cosine.

import {check} from '../check';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';
import {macrotask} from '../macrotask';
import {groupSize, largest} from './largest';

/** Multiplications in a piece: below a second on one core. */
const PIECE = 1e10;
/** Similarities held at once. */
const HELD = 1.6e7;

/**
 * Row i belongs to query i: the k nearest of the bank, most similar first; of equal ones the first
 * in the bank comes first.
 */
export type Neighbors = {
  k: number;
  /** [n · k] rows of the bank. */
  indices: Int32Array;
  /** [n · k] cosines. */
  similarities: Float32Array;
};

/**
 * Finds for each query the k samples of the bank with the largest cosine similarity. Works in
 * pieces.
 *
 * @param query [n, d], n ≥ 1. Any length: normalized here.
 * @param bank [m, d], m ≥ k. Any length: normalized here. A query that is in the bank finds itself.
 * @param k Whole number from 1.
 * @throws RangeError when there is no query, widths differ, or k is not from 1 to m; the signal's
 * reason.
 */
export async function neighbors(
  query: tf.Tensor2D,
  bank: tf.Tensor2D,
  k: number,
  {signal}: {signal?: AbortSignal} = {},
): Promise<Neighbors> {
  const [[n, d], [m]] = [query.shape, bank.shape];
  check(n >= 1, 'neighbors', 'expected at least one query, got none');
  check(
    d === bank.shape[1],
    'neighbors',
    `expected query and bank of one width, got [${query.shape}] and [${bank.shape}]`,
  );
  check(
    Number.isInteger(k) && k >= 1 && k <= m,
    'neighbors',
    `expected k from 1 to ${m}, the size of the bank, got ${k}`,
  );
  const rows = Math.max(1, Math.floor(Math.min(PIECE / (m * d), HELD / m)));
  const group = groupSize(m, k);
  const [indices, similarities] = [new Int32Array(n * k), new Float32Array(n * k)];
  await macrotask(signal);
  const units = tf.tidy(() => wholeGroups(unit(bank), group));
  try {
    for (let start = 0; start < n; start += rows) {
      tf.tidy(() => {
        const cosine = tf.matMul(
          unit(query.slice([start, 0], [Math.min(rows, n - start), -1])),
          units,
          false,
          true,
        ) as tf.Tensor2D; // [rows, m or a few more]
        const top = largest(cosine, k, group, m);
        indices.set(top.indices.dataSync(), start * k);
        similarities.set(top.values.dataSync(), start * k);
      });
      await macrotask(signal);
    }
  } finally {
    units.dispose();
  }
  return {k, indices, similarities};
}

/** Repeats the last row until the groups are whole. */
function wholeGroups(x: tf.Tensor2D, group: number): tf.Tensor2D {
  const [m] = x.shape;
  const missing = Math.ceil(m / group) * group - m;
  return missing === 0 ? x : (tf.concat([x, x.slice([m - 1, 0]).tile([missing, 1])]) as tf.Tensor2D);
}
