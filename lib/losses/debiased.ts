// Debiased contrastive loss: takes from the negatives what those of the anchor's own class are
// expected to contribute. Chuang et al. 2020, "Debiased Contrastive Learning", arXiv:2007.00224.

import type {tf} from '../engine/tf';
import {checkClassShare, debiasedEntropy} from './debiasedEntropy';
import {checkSimilarities, type Similarities} from './similarities';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link debiased}. */
export interface DebiasedOptions {
  /** τ > 0 divides the cosines. No unit. @default 0.5 */
  temperature?: Temperature;
  /**
   * τ⁺, from 0 to below 1: the share of negatives that are of the anchor's own class, 1/k with k
   * balanced classes.
   * @default 0.1
   */
  classShare?: number;
}

/**
 * The contrastive loss with G = max((Σ e^(s_ij/τ) − τ⁺ m e^(s_ii/τ)) / (1 − τ⁺), m e^(−1/τ)) in the
 * place of the sum over the m negatives.
 *
 * @returns Mean over anchors, in nats. With τ⁺ = 0 the contrastive loss. Similarities that are all
 * alike, above −1, give log(m + 1).
 * @throws RangeError when the shapes do not fit, τ ≤ 0, or τ⁺ is not from 0 to below 1.
 * @see Chuang et al. 2020, the estimator with one positive for each anchor; chingyaoc/DCL, main.py,
 * whose defaults these are.
 */
export function debiased(
  {positive, negatives}: Similarities,
  {temperature = 0.5, classShare = 0.1}: DebiasedOptions = {},
): tf.Scalar {
  checkSimilarities('debiased', {positive, negatives});
  checkTemperature('debiased', temperature);
  checkClassShare('debiased', classShare);
  return debiasedEntropy({positive, negatives}, {temperature, classShare, concentration: 0});
}
