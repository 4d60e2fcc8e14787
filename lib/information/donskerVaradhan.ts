// The Donsker-Varadhan bound of mutual information.
// Donsker & Varadhan 1983, "Asymptotic evaluation of certain Markov process expectations for large
// time, IV"; Belghazi et al. 2018, "Mutual Information Neural Estimation", arXiv:1801.04062.

import {tf} from '../engine/tf';
import {checkScores, joint, logMeanExpApart} from './scores';

/**
 * mean f_ii − log mean_{i≠j} exp f_ij: a lower bound for every critic, but for the log of a mean of
 * few samples, which lifts it. It has no ceiling; its variance grows like e^I.
 *
 * @param scores f [K, K], K ≥ 2: row i, column j scores x_i with y_j, the diagonal is what belongs
 * together.
 * @returns Nats. Scores that are all alike give 0.
 * @throws RangeError when the scores are not square or K is below 2.
 * @see Song & Ermon 2020, arXiv:1910.06222, eq. 4; ermongroup/smile-mi-estimator, estimators.py.
 */
export function donskerVaradhan(scores: tf.Tensor2D): tf.Scalar {
  checkScores('donskerVaradhan', scores);
  return tf.tidy(() => joint(scores).mean().sub(logMeanExpApart(scores)) as tf.Scalar);
}
