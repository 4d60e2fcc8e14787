// NT-Logistic: each pair is classified on its own as positive or negative.
// Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
// arXiv:2002.05709.

import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {meanOfKept} from './meanOfKept';
import {checkSimilarities, type Similarities} from './similarities';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link ntLogistic}. */
export interface NtLogisticOptions {
  /** τ > 0 divides the cosines. No unit. @default 0.5 */
  temperature?: Temperature;
  /**
   * Of an anchor's negatives only the nearest of those that are further away than the positive:
   * where there is none, only the positive counts.
   * @default false
   */
  semiHard?: boolean;
}

/**
 * −log σ(s_ii/τ) − log σ(−s_ij/τ), the second averaged over an anchor's negatives.
 *
 * SimCLR's table gives the loss of one negative, and its released code lacks it. Chosen here: the
 * mean over the negatives, so that together they weigh as much as the positive, of both views when
 * the similarities are those of pairs (the paper takes one view's, which slightly impairs it).
 * Semi-hard are "those that are within the loss margin and closest in distance, but farther than
 * positive examples"; as this loss has no margin, the closest one is taken.
 *
 * @returns Mean over anchors, in nats. Cosines of 0 give 2 log 2.
 * @throws RangeError when the shapes do not fit, or τ ≤ 0.
 * @see Chen et al. 2020, table 2, sec. 5.1 and B.10.
 */
export function ntLogistic(
  {positive, negatives}: Similarities,
  {temperature = 0.5, semiHard = false}: NtLogisticOptions = {},
): tf.Scalar {
  checkSimilarities('ntLogistic', {positive, negatives});
  checkTemperature('ntLogistic', temperature);
  return tf.tidy(() => {
    const pull = tf.softplus(positive.div(temperature).neg()); // [n]
    const push = tf.softplus(negatives.div(temperature)) as tf.Tensor2D; // [n, m]
    return pull.add(semiHard ? meanOfKept(push, nearestBelow(positive, negatives)) : push.mean(1)).mean() as tf.Scalar;
  });
}

/**
 * Bool [n, m]: the negatives that are as near as the nearest one further away than the positive.
 */
function nearestBelow(positive: tf.Tensor1D, negatives: tf.Tensor2D): tf.Tensor2D {
  const [p, s] = [stopGradient(positive).expandDims(1), stopGradient(negatives)];
  const further = s.less(p);
  const nearest = tf.where(further, s, -Infinity).max(1, true); // [n, 1]
  return tf.logicalAnd(further, s.greaterEqual(nearest)) as tf.Tensor2D;
}
