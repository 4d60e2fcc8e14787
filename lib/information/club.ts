// CLUB: an upper bound, where p(y|x) is known.
// Cheng et al. 2020, "CLUB: A Contrastive Log-ratio Upper Bound of Mutual Information",
// arXiv:2006.12013, eq. 6 and 8.

import {tf} from '../engine/tf';
import {apart, checkScores, joint} from './scores';

/**
 * mean of log q(y_i|x_i) − mean over i ≠ j of log q(y_j|x_i): an upper bound when q is the true
 * conditional. With a learned q it is no bound: it can fall below the truth.
 *
 * @param logConditional log q(y_j|x_i), [K, K], K ≥ 2; terms of y alone do not change it.
 * @returns Nats. Of d correlated Gaussians with their true conditional, in the mean, dρ²/(1 − ρ²):
 * above the truth.
 * @throws RangeError when the matrix is not square or K is below 2.
 */
export function club(logConditional: tf.Tensor2D): tf.Scalar {
  checkScores('club', logConditional);
  return tf.tidy(() => joint(logConditional).mean().sub(apart(logConditional).mean()) as tf.Scalar);
}
