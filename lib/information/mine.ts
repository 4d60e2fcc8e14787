// MINE: the Donsker-Varadhan value, its critic trained by a gradient whose denominator is a moving
// average. Belghazi et al. 2018, "Mutual Information Neural Estimation", arXiv:1801.04062, sec.
// 3.2; momentum and smallest average as in ermongroup/smile-mi-estimator, estimators.py.

import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {checkScores, joint, logMeanExpApart} from './scores';

/** Share of the average that stays at a step, and the smallest that it is divided by. */
const [MOMENTUM, SMALLEST] = [0.9, 1e-4];

/**
 * What a step of MINE makes small. The log of a batch's mean has a biased gradient; divided by the
 * mean over many batches it is nearly free of bias. What is read is {@link donskerVaradhan}.
 *
 * @param scores f [K, K], K ≥ 2: row i, column j scores x_i with y_j.
 * @param logAverage Log of the average of exp f_ij over the steps so far: 0 before the first. Kept
 * as a log, for the average itself soon is no number.
 * @returns The loss, and the log of the average after this step, to be kept as state.
 * @throws RangeError when the scores are not square or K is below 2.
 */
export function mine(scores: tf.Tensor2D, logAverage: tf.Scalar): {loss: tf.Scalar; logAverage: tf.Scalar} {
  checkScores('mine', scores);
  const [loss, next] = tf.tidy(() => {
    const logMean = logMeanExpApart(scores);
    const updated = tf
      .stack([logAverage.add(Math.log(MOMENTUM)), stopGradient(logMean).add(Math.log(1 - MOMENTUM))])
      .logSumExp()
      .maximum(Math.log(SMALLEST)) as tf.Scalar;
    return [logMean.sub(updated).exp().sub(joint(scores).mean()) as tf.Scalar, updated] as [tf.Scalar, tf.Scalar];
  });
  return {loss, logAverage: next};
}
