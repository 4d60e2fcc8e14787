// The debiased contrastive loss with importance weights: near negatives count as if more of them
// had been sampled. Robinson et al. 2021, "Contrastive Learning with Hard Negative Samples",
// arXiv:2010.04592.

import {check} from '../check';
import type {tf} from '../engine/tf';
import {checkClassShare, debiasedEntropy} from './debiasedEntropy';
import {checkSimilarities, type Similarities} from './similarities';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link hardNegativeWeighted}. */
export interface HardNegativeWeightedOptions {
  /** τ > 0 divides the cosines. No unit. @default 0.5 */
  temperature?: Temperature;
  /**
   * τ⁺, from 0 to below 1: the share of negatives that are of the anchor's own class.
   * @default 0.1
   */
  classShare?: number;
  /** β ≥ 0: how much more near negatives count, as e^(β s_ij/τ). @default 1 */
  concentration?: number;
}

/**
 * The debiased loss in which negative j of anchor i weighs m e^(β s_ij/τ) / Σ_k e^(β s_ik/τ), 1 on
 * average. Gradients flow through the weights, as in the authors' code.
 *
 * @returns Mean over anchors, in nats. With β = 0 the debiased loss, with τ⁺ = 0 as well the
 * contrastive one. Similarities that are all alike, above −1, give log(m + 1).
 * @throws RangeError when the shapes do not fit, τ ≤ 0, τ⁺ is not from 0 to below 1, or β < 0.
 * @see Robinson et al. 2021; joshr17/HCL, image/main.py, whose defaults these are.
 */
export function hardNegativeWeighted(
  {positive, negatives}: Similarities,
  {temperature = 0.5, classShare = 0.1, concentration = 1}: HardNegativeWeightedOptions = {},
): tf.Scalar {
  checkSimilarities('hardNegativeWeighted', {positive, negatives});
  checkTemperature('hardNegativeWeighted', temperature);
  checkClassShare('hardNegativeWeighted', classShare);
  check(concentration >= 0, 'hardNegativeWeighted', `expected concentration ≥ 0, got ${concentration}`);
  return debiasedEntropy({positive, negatives}, {temperature, classShare, concentration});
}
