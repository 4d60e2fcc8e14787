// MINE: the Donsker-Varadhan value, its critic trained by a gradient whose denominator is a moving average.
// Belghazi et al. 2018, "Mutual Information Neural Estimation", arXiv:1801.04062, sec. 3.2; momentum and smallest average as in ermongroup/smile-mi-estimator, estimators.py.

import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {checkScores, joint, logMeanExpApart} from './scores';

/** Share of the average that stays at a step, and the smallest that it is divided by. */
const [MOMENTUM, SMALLEST] = [0.9, 1e-4];

/**
 * What a step of MINE makes small. The log of a batch's mean has a biased gradient; divided by the mean over many batches it is nearly free of bias. What is read is {@link donskerVaradhan}.
 *
 * @param scores f [K, K], K ≥ 2: row i, column j scores x_i with y_j.
 * @param average Of exp f_ij over the steps so far; 1 before the first.
 * @returns The loss, and the average after this step, to be kept as state.
 * @throws RangeError when the scores are not square or K is below 2.
 */
export function mine(scores: tf.Tensor2D, average: tf.Scalar): {loss: tf.Scalar; average: tf.Scalar} {
  checkScores('mine', scores);
  const [loss, next] = tf.tidy(() => {
    const mean = logMeanExpApart(scores).exp();
    const next = average.mul(MOMENTUM).add(stopGradient(mean).mul(1 - MOMENTUM)).maximum(SMALLEST) as tf.Scalar;
    return [mean.div(next).sub(joint(scores).mean()) as tf.Scalar, next] as [tf.Scalar, tf.Scalar];
  });
  return {loss, average: next};
}
