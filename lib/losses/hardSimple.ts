// The simple contrastive loss with hard negative sampling: pushes the nearest negatives of each
// anchor, all alike. Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss",
// arXiv:2012.09740.

import {check} from '../check';
import {tf} from '../engine/tf';
import {nearestNegatives, type NearestNegativesOptions} from './nearestNegatives';
import {checkSimilarities, type Similarities} from './similarities';

/** Options of {@link hardSimple}. */
export interface HardSimpleOptions extends NearestNegativesOptions {
  /**
   * λ ≥ 0 of each negative that counts. The paper states none.
   * @default 1 over the number that counts, for each anchor
   */
  weight?: number;
}

/**
 * −s_ii + λ Σ s_ij over the K nearest negatives of each anchor (ties with the K-th as well).
 *
 * @returns Mean over anchors, no unit. With K = m the simple loss; with K = 1 and the default λ it
 * is s_max − s_ii.
 * @throws RangeError when the shapes do not fit, λ < 0, both `nearest` and `share` are given, or
 * there are fewer negatives than K.
 * @see Wang & Liu 2021, table 1, "HardSimple": over the nearest 4,095.
 */
export function hardSimple({positive, negatives}: Similarities, {weight, ...which}: HardSimpleOptions = {}): tf.Scalar {
  checkSimilarities('hardSimple', {positive, negatives});
  check(weight === undefined || weight >= 0, 'hardSimple', `expected weight ≥ 0, got ${weight}`);
  return tf.tidy(() => {
    const kept = nearestNegatives('hardSimple', negatives, which).toFloat(); // [n, m]
    const sum = negatives.mul(kept).sum(1); // [n]
    const push = weight === undefined ? sum.div(kept.sum(1)) : sum.mul(weight);
    return push.sub(positive).mean() as tf.Scalar;
  });
}
