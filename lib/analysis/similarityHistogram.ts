// How similar two views of one image are, and how similar different images: the two distributions that a contrastive loss pulls apart.

import {check} from '../check';
import {bool, operation, type} from '../engine/operation';
import {tf} from '../engine/tf';
import {unit} from '../losses/unit';
import {macrotask} from '../macrotask';

const MINIMUM = 8;
/** Similarities in a piece. */
const PIECE = 4e6;

export interface SimilarityHistogramOptions {
  /** Number of equal bins from −1 to 1. @default 40 */
  bins?: number;
  signal?: AbortSignal;
}

/** Shares per bin; bin i holds the similarities from `edges[i]` up to, not including, `edges[i + 1]`, the last one also 1. */
export type SimilarityHistogram = {positives: number[]; negatives: number[]; edges: number[]};

/**
 * Cosine similarities of two views of one image (positives) and of first and second views of different images (negatives), sorted into bins.
 *
 * @param first, second Embeddings [n, d] of the two views, n ≥ 8; row i of both shows one image. Any length: normalised here.
 * @returns Shares that add up to 1 each. Works in pieces.
 * @throws RangeError when the shapes differ, n < 8, or bins is no whole number from 1; the signal's reason.
 */
export async function similarityHistogram(first: tf.Tensor2D, second: tf.Tensor2D, {bins = 40, signal}: SimilarityHistogramOptions = {}): Promise<SimilarityHistogram> {
  const [n] = first.shape;
  check(n === second.shape[0] && first.shape[1] === second.shape[1], 'similarityHistogram', `expected two views of one shape [n, d], got [${first.shape}] and [${second.shape}]`);
  check(n >= MINIMUM, 'similarityHistogram', `expected at least ${MINIMUM} pairs of views, got ${n}`);
  check(Number.isInteger(bins) && bins >= 1, 'similarityHistogram', `expected a whole number of bins from 1, got ${bins}`);
  const units = tf.tidy(() => [unit(first), unit(second)]) as [tf.Tensor2D, tf.Tensor2D];
  const [positives, all] = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)];
  try {
    const rows = Math.max(1, Math.floor(PIECE / n));
    for (let start = 0; start < n; start += rows) {
      await macrotask(signal);
      const end = Math.min(start + rows, n);
      const piece = tf.tidy(() => {
        const cosine = tf.matMul(units[0].slice([start, 0], [end - start, -1]), units[1], false, true);                             // [rows, n]
        const bin = cosine.add(1).mul(bins / 2).floor().clipByValue(0, bins - 1).toInt().as1D();
        const positive = tf.oneHot(tf.range(start, end, 1, 'int32'), n).toFloat().as1D();
        return tf.stack([counted(bin, bins, positive), counted(bin, bins, tf.onesLike(positive))]).dataSync();   // [2, bins]
      });
      for (let i = 0; i < bins; i++) {
        positives[i] += piece[i];
        all[i] += piece[bins + i];
      }
    }
    return {
      positives: positives.map(count => count / n),
      negatives: all.map((count, i) => (count - positives[i]) / (n * (n - 1))),
      edges: Array.from({length: bins + 1}, (_, i) => 2 * i / bins - 1),
    };
  } finally {
    tf.dispose(units);
  }
}

/** Sum of the weights of what falls into each bin. */
function counted(bin: tf.Tensor1D, bins: number, weights: tf.Tensor1D): tf.Tensor1D {
  return operation('DenseBincount', {Tidx: type('int32'), T: type('float32'), binary_output: bool(false)}, [bin, tf.scalar(bins, 'int32'), weights]) as tf.Tensor1D;
}
