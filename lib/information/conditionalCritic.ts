// A critic that is a distribution: log q(y|x) of a Gaussian whose mean and variance are learned,
// for CLUB. Cheng et al. 2020, "CLUB: A Contrastive Log-ratio Upper Bound of Mutual Information",
// arXiv:2006.12013; Linear95/CLUB, mi_estimators.py.

import {tf} from '../engine/tf';
import {network, type Critic, type CriticOptions} from './critic';

/**
 * f(x_i, y_j) = log N(y_j; μ(x_i), σ²(x_i)), coordinates apart; the log of each variance lies
 * between −1 and 1, as in the authors' code.
 */
export function conditionalCritic({widths: [dx, dy], ...size}: CriticOptions): Critic {
  const of = network(dx, 2 * dy, size);
  return {
    init: key => of.init(key),
    scores: (params, x, y) =>
      tf.tidy(() => {
        // [n, dy] each
        const [mean, raw] = tf.split(of.apply(params, x, {}), 2, 1) as [tf.Tensor2D, tf.Tensor2D];
        const logVariance = raw.tanh();
        const precision = logVariance.neg().exp();
        const distance = tf
          .matMul(precision, y.square(), false, true)
          .sub(tf.matMul(mean.mul(precision), y, false, true).mul(2))
          .add(mean.square().mul(precision).sum(1, true)); // Σ (y − μ)²/σ², [n, m]
        return distance
          .add(logVariance.sum(1, true))
          .add(dy * Math.log(2 * Math.PI))
          .div<tf.Tensor2D>(-2);
      }),
  };
}
