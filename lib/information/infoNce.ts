// InfoNCE: pick the y that belongs to an x out of K.
// van den Oord et al. 2018, "Representation Learning with Contrastive Predictive Coding",
// arXiv:1807.03748, eq. 4.

import {tf} from '../engine/tf';
import {checkScores, joint} from './scores';

/**
 * log K + mean over i of (f_ii − log Σ_j exp f_ij): a lower bound that stays below log K, whatever
 * the truth. Terms of x alone do not change it. With f = log p(y|x), where that is known, it is
 * TNCE.
 *
 * @param scores f [K, K], K ≥ 2: row i, column j scores x_i with y_j, the diagonal is what belongs
 * together.
 * @returns Nats. Scores that are all alike give 0.
 * @throws RangeError when the scores are not square or K is below 2.
 * @see Poole et al. 2019, arXiv:1905.06922, eq. 10.
 *
 * @example
 * ```ts
 * import {infoNce, tf} from 'ssl-workbench';
 * // those that belong together score 10, others 0
 * const scores = tf.eye(64).mul(10) as tf.Tensor2D;
 * console.log(infoNce(scores).dataSync()[0]); // just below log 64
 * ```
 */
export function infoNce(scores: tf.Tensor2D): tf.Scalar {
  checkScores('infoNce', scores);
  return tf.tidy(() => joint(scores).sub(scores.logSumExp(1)).mean().add(Math.log(scores.shape[0])) as tf.Scalar);
}
