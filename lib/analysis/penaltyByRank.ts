// Which negatives a contrastive loss pushes: the share of the nearest, of the second nearest …
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';
import {checkNegatives, type RelativePenaltyOptions} from './relativePenalty';

/** Similarities in a piece. */
const PIECE = 1e6;

/** Options of {@link penaltyByRank}. */
export interface PenaltyByRankOptions extends RelativePenaltyOptions {
  signal?: AbortSignal;
}

/**
 * Relative penalties by rank of the negative, averaged over anchors. Works in pieces.
 *
 * @param negatives Cosines [n, m] of anchors with their negatives, in any order.
 * @returns m shares that add up to 1, the nearest negative's first, never rising; 1/m each when all
 * are as near.
 * @throws RangeError when there is no anchor or no negative, or τ ≤ 0; the signal's reason.
 */
export async function penaltyByRank(
  negatives: tf.Tensor2D,
  {temperature, signal}: PenaltyByRankOptions,
): Promise<number[]> {
  checkNegatives('penaltyByRank', negatives, temperature);
  const [n, m] = negatives.shape;
  const sums = new Array<number>(m).fill(0);
  const rows = Math.max(1, Math.floor(PIECE / m));
  for (let start = 0; start < n; start += rows) {
    await macrotask(signal);
    const piece = tf.tidy(() => {
      // [rows, m], nearest first
      const sorted = tf.topk(negatives.slice([start, 0], [Math.min(rows, n - start), -1]), m).values;
      return sorted.div(temperature).softmax().sum(0).dataSync(); // [m]
    });
    piece.forEach((share, rank) => {
      sums[rank]! += share;
    });
  }
  return sums.map(sum => sum / n);
}
