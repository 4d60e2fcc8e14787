// How the push of a contrastive loss is shared out among an anchor's negatives.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {check} from '../check';
import {tf} from '../engine/tf';
import {checkTemperature, type Temperature} from '../losses/temperature';

/** Options of {@link relativePenalty}. */
export interface RelativePenaltyOptions {
  /** τ > 0 of the loss. */
  temperature: Temperature;
}

/** @throws RangeError unless there is an anchor and a negative, and τ > 0. */
export function checkNegatives(caller: string, negatives: tf.Tensor2D, temperature: Temperature): void {
  const [n, m] = negatives.shape;
  check(
    negatives.rank === 2 && n >= 1 && m >= 1,
    caller,
    `expected similarities [n, m] with negatives, n and m ≥ 1, got [${negatives.shape}]`,
  );
  checkTemperature(caller, temperature);
}

/**
 * r_i(s_ij) = e^(s_ij/τ) / Σ_k e^(s_ik/τ): the gradient by a negative as a share of the gradient by
 * all. The positive's gradient is as large as all together.
 *
 * @param negatives Cosines [n, m] of anchors with their negatives.
 * @returns [n, m], rows add up to 1: 1/m each when all are as near, and for τ → ∞; for τ → 0 all of
 * it on the nearest. Gradients flow.
 * @throws RangeError when there is no anchor or no negative, or τ ≤ 0.
 * @see Wang & Liu 2021, relative penalty.
 */
export function relativePenalty(negatives: tf.Tensor2D, {temperature}: RelativePenaltyOptions): tf.Tensor2D {
  checkNegatives('relativePenalty', negatives, temperature);
  return tf.tidy(() => negatives.div(temperature).softmax() as tf.Tensor2D);
}
