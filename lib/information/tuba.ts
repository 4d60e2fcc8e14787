// TUBA: the tractable unnormalized bound, with a baseline a(x) in place of the log of a mean.
// Poole et al. 2019, "On Variational Bounds of Mutual Information", arXiv:1905.06922, eq. 7.

import {check} from '../check';
import {tf} from '../engine/tf';
import {checkScores, joint, logMeanExpApart} from './scores';

/**
 * 1 + mean of (f_ii − log a(x_i)) − mean over i ≠ j of exp(f_ij) / a(x_i): a lower bound for every
 * critic and baseline. Its variance grows like e^I.
 *
 * @param scores f [K, K], K ≥ 2: row i, column j scores x_i with y_j.
 * @param logBaseline log a(x_i), [K]; the paper's is of y, which is as good. @default 0
 * @returns Nats. Scores that are all 0 without a baseline give 0.
 * @throws RangeError when the scores are not square, K is below 2, or the baseline has another
 * length.
 */
export function tuba(scores: tf.Tensor2D, logBaseline?: tf.Tensor1D): tf.Scalar {
  checkScores('tuba', scores);
  check(
    !logBaseline || logBaseline.shape[0] === scores.shape[0],
    'tuba',
    `expected a baseline for each of ${scores.shape[0]} x, got [${logBaseline?.shape}]`,
  );
  return tf.tidy(() => {
    // f_ij − log a(x_i)
    const against = logBaseline ? scores.sub<tf.Tensor2D>(logBaseline.expandDims(1)) : scores;
    return joint(against).mean().add(1).sub(logMeanExpApart(against).exp()) as tf.Scalar;
  });
}
