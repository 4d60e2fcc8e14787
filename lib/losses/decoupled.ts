// Decoupled contrastive learning: the contrastive loss without the positive in its denominator, so
// that an easy positive does not weaken the push. Yeh et al. 2022, "Decoupled Contrastive
// Learning", arXiv:2110.06848.

import {check} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {checkSimilarities, type Similarities} from './similarities';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link decoupled}. */
export interface DecoupledOptions {
  /** τ > 0 divides the cosines. No unit. @default 0.1 */
  temperature?: Temperature;
  /**
   * σ > 0 of the von Mises-Fisher weights of DCLW, .5 in the paper: the smaller, the more far-apart
   * views are favored. Without it, DCL.
   * @default none
   */
  weightWidth?: number;
}

/**
 * −w_i s_ii/τ + log Σ e^(s_ij/τ) over the negatives. DCL: w_i = 1. DCLW: w_i = 2 − e^(s_ii/σ) /
 * mean of e^(s_kk/σ) over the anchors, 1 on average.
 *
 * The weights are constants in the gradient, as in lightly; the code of
 * raminnakhli/Decoupled-Contrastive-Learning lets gradients through them, and adds the two halves:
 * twice this value.
 *
 * @returns Mean over anchors, in nats; below 0 when views agree well. Similarities that are all
 * alike give log m.
 * @throws RangeError when the shapes do not fit, τ ≤ 0, or σ ≤ 0.
 * @see Yeh et al. 2022, eq. 6, and for DCLW their negative von Mises-Fisher weighting.
 */
export function decoupled(
  {positive, negatives}: Similarities,
  {temperature = 0.1, weightWidth}: DecoupledOptions = {},
): tf.Scalar {
  checkSimilarities('decoupled', {positive, negatives});
  checkTemperature('decoupled', temperature);
  check(weightWidth === undefined || weightWidth > 0, 'decoupled', `expected weightWidth > 0, got ${weightWidth}`);
  const [n] = positive.shape;
  return tf.tidy(() => {
    const logit = positive.div(temperature); // [n]
    const pull =
      weightWidth === undefined
        ? logit
        : logit.mul(tf.sub(2, stopGradient(positive).div(weightWidth).softmax().mul(n)));
    return negatives.div(temperature).logSumExp(1).sub(pull).mean() as tf.Scalar;
  });
}
