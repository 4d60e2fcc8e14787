// The simple contrastive loss: pulls the positive and pushes all negatives alike, however near they
// are. Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {check} from '../check';
import {tf} from '../engine/tf';
import {checkSimilarities, type Similarities} from './similarities';

/** Options of {@link simple}. */
export interface SimpleOptions {
  /**
   * λ ≥ 0 of each negative. The paper states none; with the default the negatives push as much as
   * the positive pulls, as at τ → ∞.
   * @default 1/m
   */
  weight?: number;
}

/**
 * −s_ii + λ Σ s_ij: what the contrastive loss becomes for τ → ∞, up to scale and shift.
 *
 * @returns Mean over anchors, no unit: with the default λ from −2 (views agree, all else opposite)
 * to 2. Similarities that are all alike give 0.
 * @throws RangeError when the shapes do not fit, or λ < 0.
 * @see Wang & Liu 2021, "simple contrastive loss" and the limit τ → ∞.
 */
export function simple({positive, negatives}: Similarities, {weight}: SimpleOptions = {}): tf.Scalar {
  checkSimilarities('simple', {positive, negatives});
  const λ = weight ?? 1 / negatives.shape[1];
  check(λ >= 0, 'simple', `expected weight ≥ 0, got ${weight}`);
  return tf.tidy(() => negatives.sum(1).mul(λ).sub(positive).mean() as tf.Scalar);
}
