// The contrastive loss with an estimate of what true negatives would add to its denominator: some
// of the sampled ones are of the anchor's own class. Chuang et al. 2020, "Debiased Contrastive
// Learning", arXiv:2007.00224.

import {check} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import type {Similarities} from './similarities';
import type {Temperature} from './temperature';

/** Options of {@link debiasedEntropy}. */
export interface DebiasedEntropyOptions {
  temperature: Temperature;
  classShare: number;
  /** β: negatives weigh as e^(β s_ij/τ). */
  concentration: number;
}

/** @throws RangeError when the share is not from 0 to below 1. */
export function checkClassShare(caller: string, classShare: number): void {
  check(classShare >= 0 && classShare < 1, caller, `expected classShare from 0 to below 1, got ${classShare}`);
}

/**
 * log((e^(s_ii/τ) + G) / e^(s_ii/τ)) with G = max((Σ w_ij e^(s_ij/τ) − τ⁺ m e^(s_ii/τ)) / (1 − τ⁺),
 * m e^(−1/τ)): what sampled negatives add, less what those of the anchor's own class, a share τ⁺,
 * are expected to add; at least what m opposite points would. The weights are 1 on average.
 *
 * @returns Mean over anchors, in nats.
 */
export function debiasedEntropy(
  {positive, negatives}: Similarities,
  {temperature, classShare, concentration}: DebiasedEntropyOptions,
): tf.Scalar {
  const [, m] = negatives.shape;
  return tf.tidy(() => {
    const [p, s] = [positive.div(temperature), negatives.div(temperature)]; // [n], [n, m]
    // [n]; divided out of all exponentials, which else overflow for a small τ
    const largest = stopGradient(tf.maximum(p, s.max(1)));
    const same = p.sub(largest).exp();
    const each = s.sub(largest.expandDims(1)).exp(); // [n, m]
    // [n]
    const sampled = (concentration === 0 ? each : each.mul(s.mul(concentration).softmax()).mul(m)).sum(1);
    const least = tf.div(-1, temperature).sub(largest).exp().mul(m);
    const different = sampled
      .sub(same.mul(classShare * m))
      .div(1 - classShare)
      .maximum(least);
    return same.add(different).log().sub(p.sub(largest)).mean() as tf.Scalar;
  });
}
