// I_α: between InfoNCE (α near 1: low variance, a ceiling) and TUBA (α near 0: no ceiling, high
// variance). Poole et al. 2019, "On Variational Bounds of Mutual Information", arXiv:1905.06922,
// eq. 14.

import {check} from '../check';
import {tf} from '../engine/tf';
import {apart, checkScores, diagonal, joint, logMeanExpApart} from './scores';

/** Options of {@link interpolated}. */
export interface InterpolatedOptions {
  /**
   * Weight of the batch's own mean in the baseline, between 0 and 1. The ceiling is about log(K/α).
   * @default 0.5
   */
  alpha?: number;
}

/**
 * TUBA with a baseline that is α times a mean of exp f over the batch and (1 − α) times a(x). Every
 * mean leaves one y out, so that what belongs together and what does not are compared with as many:
 * K − 1.
 *
 * @param scores f [K, K], K ≥ 3: row i, column j scores x_i with y_j.
 * @param logBaseline log a(x_i), [K]. @default 0
 * @returns Nats. Scores that are all 0 without a baseline give 0.
 * @throws RangeError when the scores are not square, K is below 3, or α is not between 0 and 1.
 * @see google-research/google-research, vbmi/vbmi_demo.ipynb, for the means that leave one out.
 */
export function interpolated(
  scores: tf.Tensor2D,
  {alpha = 0.5}: InterpolatedOptions = {},
  logBaseline?: tf.Tensor1D,
): tf.Scalar {
  checkScores('interpolated', scores);
  const [k] = scores.shape;
  check(k >= 3, 'interpolated', `expected at least 3 pairs, got ${k}`);
  check(alpha > 0 && alpha < 1, 'interpolated', `expected alpha between 0 and 1, got ${alpha}`);
  return tf.tidy(() => {
    const left = diagonal(k).mul(1e9).expandDims(0); // [1, K, K]: which column is left out
    const means = scores
      .expandDims(1)
      .sub(left)
      .logSumExp(2)
      .sub(Math.log(k - 1)); // [K, K]: row i without column j
    const learned = (logBaseline ?? tf.zeros([k])).expandDims(1).tile([1, k]);
    const baseline = tf
      .stack([means.add(Math.log(alpha)), learned.add(Math.log(1 - alpha))])
      .logSumExp(0) as tf.Tensor2D;
    // f_ii against the means with y_i in them
    const together = apart(joint(scores).expandDims(1).sub(baseline) as tf.Tensor2D).mean();
    // f_ij against the mean without y_i
    const independent = logMeanExpApart(scores.sub(joint(baseline).expandDims(1))).exp();
    return together.add(1).sub(independent) as tf.Scalar;
  });
}
