// Over how many of its negatives a contrastive loss spreads its push: how soft its focus on the
// nearest is. Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {tf} from '../engine/tf';
import {checkNegatives, type RelativePenaltyOptions} from './relativePenalty';

/**
 * Entropy −Σ r log r of an anchor's relative penalties, averaged over anchors. It rises with τ
 * unless all negatives are as near.
 *
 * @param negatives Cosines [n, m] of anchors with their negatives.
 * @returns Scalar H in nats from 0 (only the nearest is pushed) to log m (all alike): e^H reads as
 * how many negatives count. Gradients flow.
 * @throws RangeError when there is no anchor or no negative, or τ ≤ 0.
 * @see Wang & Liu 2021, who show that the entropy strictly rises with the temperature.
 */
export function penaltyEntropy(negatives: tf.Tensor2D, {temperature}: RelativePenaltyOptions): tf.Scalar {
  checkNegatives('penaltyEntropy', negatives, temperature);
  return tf.tidy(() => {
    const log = negatives.div(temperature).logSoftmax(); // [n, m]
    return log.exp().mul(log).sum(1).mean().neg() as tf.Scalar;
  });
}
