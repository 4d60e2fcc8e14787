// How similar two views of one image are, how similar different images, and how similar the nearest
// of these: the distributions that a contrastive loss pulls apart. Wang & Liu 2021, "Understanding
// the Behaviour of Contrastive Loss", arXiv:2012.09740, for the nearest.

import {check, whole} from '../check';
import {bool, operation, type} from '../engine/operation';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';
import {macrotask} from '../macrotask';

const MINIMUM = 8;
/** Similarities in a piece. */
const PIECE = 4e6;

/** Options of {@link similarityHistogram}. */
export interface SimilarityHistogramOptions {
  /** Number of equal bins from −1 to 1. @default 40 */
  bins?: number;
  /**
   * K, up to n − 1: how many of an image's nearest negatives are counted apart.
   * @default 10, or all when there are fewer
   */
  nearest?: number;
  signal?: AbortSignal;
}

/**
 * Shares per bin; bin i holds the similarities from `edges[i]` up to, not including, `edges[i +
 * 1]`, the last one also 1.
 */
export type SimilarityHistogram = {positives: number[]; negatives: number[]; nearest: number[]; edges: number[]};

/**
 * Cosine similarities of two views of one image (positives), of first and second views of different
 * images (negatives), and of each first view with its K nearest of these, sorted into bins.
 *
 * @param first Embeddings [n, d] of the two views, n ≥ 8; row i of both shows one image. Any
 * length: normalized here.
 * @param second As `first`.
 * @returns Shares that add up to 1 each. Works in pieces.
 * @throws RangeError when the shapes differ, n < 8, bins is no whole number from 1, or K not one
 * from 1 to n − 1; the signal's reason.
 * @see Wang & Liu 2021, whose figure shows positives and the 10 nearest negatives.
 */
export async function similarityHistogram(
  first: tf.Tensor2D,
  second: tf.Tensor2D,
  {bins = 40, nearest, signal}: SimilarityHistogramOptions = {},
): Promise<SimilarityHistogram> {
  const [n] = first.shape;
  check(
    n === second.shape[0] && first.shape[1] === second.shape[1],
    'similarityHistogram',
    `expected two views of one shape [n, d], got [${first.shape}] and [${second.shape}]`,
  );
  check(n >= MINIMUM, 'similarityHistogram', `expected at least ${MINIMUM} pairs of views, got ${n}`);
  whole('similarityHistogram', 'bins', bins);
  const k = nearest ?? Math.min(10, n - 1);
  check(
    Number.isInteger(k) && k >= 1 && k <= n - 1,
    'similarityHistogram',
    `expected nearest from 1 to ${n - 1}, the number of negatives of a view, got ${nearest}`,
  );
  const units = tf.tidy(() => [unit(first), unit(second)]) as [tf.Tensor2D, tf.Tensor2D];
  const [positives, all, near] = Array.from({length: 3}, () => new Array<number>(bins).fill(0)) as [
    number[],
    number[],
    number[],
  ];
  try {
    const rows = Math.max(1, Math.floor(PIECE / n));
    for (let start = 0; start < n; start += rows) {
      await macrotask(signal);
      const end = Math.min(start + rows, n);
      const piece = tf.tidy(() => {
        // [rows, n]
        const cosine = tf.matMul(units[0].slice([start, 0], [end - start, -1]), units[1], false, true);
        const positive = tf.oneHot(tf.range(start, end, 1, 'int32'), n).toFloat();
        const [bin, top] = [binOf(cosine, bins), binOf(tf.topk(cosine.sub(positive.mul(1e9)), k).values, bins)];
        return tf
          .stack([
            counted(bin, bins, positive.as1D()),
            counted(bin, bins, tf.onesLike(positive).as1D()),
            counted(top, bins, tf.onesLike(top).toFloat()),
          ])
          .dataSync(); // [3, bins]
      });
      for (let i = 0; i < bins; i++) {
        positives[i]! += piece[i]!;
        all[i]! += piece[bins + i]!;
        near[i]! += piece[2 * bins + i]!;
      }
    }
    return {
      positives: positives.map(count => count / n),
      negatives: all.map((count, i) => (count - positives[i]!) / (n * (n - 1))),
      nearest: near.map(count => count / (n * k)),
      edges: Array.from({length: bins + 1}, (_, i) => (2 * i) / bins - 1),
    };
  } finally {
    tf.dispose(units);
  }
}

const binOf = (cosine: tf.Tensor, bins: number): tf.Tensor1D =>
  cosine
    .add(1)
    .mul(bins / 2)
    .floor()
    .clipByValue(0, bins - 1)
    .toInt()
    .as1D();

/** Sum of the weights of what falls into each bin. */
function counted(bin: tf.Tensor1D, bins: number, weights: tf.Tensor1D): tf.Tensor1D {
  return operation('DenseBincount', {Tidx: type('int32'), T: type('float32'), binary_output: bool(false)}, [
    bin,
    tf.scalar(bins, 'int32'),
    weights,
  ]) as tf.Tensor1D;
}
