// The contrastive loss as a function of similarities: pick the positive out of the positive and the
// negatives. Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {tf} from '../engine/tf';
import {checkSimilarities, type Similarities} from './similarities';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link contrastive}. */
export interface ContrastiveOptions {
  /** τ > 0 divides the cosines; a small τ weighs the nearest negatives. No unit. @default 0.3 */
  temperature?: Temperature;
}

/**
 * Cross-entropy of picking the positive among it and the m negatives: −log(e^(s_ii/τ) / (e^(s_ii/τ)
 * + Σ e^(s_ij/τ))). Of the similarities of a batch of pairs it is NT-Xent. For τ → 0, τ times this
 * loss becomes max(s_max − s_ii, 0); for τ → ∞ it becomes the simple loss, up to scale and shift.
 *
 * @returns Mean over anchors, in nats. Similarities that are all alike give log(m + 1).
 * @throws RangeError when the shapes do not fit, or τ ≤ 0.
 * @see Wang & Liu 2021, eq. 1. The default temperature is the best of those in their table 1.
 */
export function contrastive(
  {positive, negatives}: Similarities,
  {temperature = 0.3}: ContrastiveOptions = {},
): tf.Scalar {
  checkSimilarities('contrastive', {positive, negatives});
  checkTemperature('contrastive', temperature);
  return tf.tidy(() => {
    const against = negatives.div(temperature).logSumExp(1); // [n]
    // log(e^p + Σ e^s) − p
    return tf.softplus(against.sub(positive.div(temperature))).mean() as tf.Scalar;
  });
}
