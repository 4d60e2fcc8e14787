// How much two views tell of each other, by a trained encoder: I_NCE on pairs that no training has
// seen. Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243, sec. 3; van den Oord et al. 2018, "Representation Learning with Contrastive
// Predictive Coding", arXiv:1807.03748.

import {check} from '../check';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';

/** Options of {@link crossViewInformation}. */
export interface CrossViewInformationOptions {
  /** τ > 0 that divides the cosines: that of the training. */
  temperature: number;
  /** Candidates, the true one included, from 2 to the number of pairs. @default all pairs */
  k?: number;
}

/** All in nats. */
export type CrossViewInformation = {
  /** I_NCE: a lower bound of I(v1; v2) as good as the encoder is; it can fall below 0. */
  information: number;
  /** log K: no estimate goes beyond. */
  logK: number;
  /** What cosines over τ can reach at most, below log K. */
  cosineCeiling: number;
};

/**
 * log K − log(1 + (K − 1) e^(−2/τ)): every positive at cosine 1, every other candidate at −1. At τ
 * = 1 and K = 511 it is 1.99 nats.
 */
export const cosineCeiling = (k: number, temperature: number): number =>
  Math.log(k) - Math.log1p((k - 1) * Math.exp(-2 / temperature));

/**
 * log K − the cross-entropy of picking a view's other view among K, mean over both directions. The
 * pairs are taken in groups of K one after the other; what is left over is not measured. Only
 * second views are candidates of a first one: NT-Xent's negatives of the same view are no draws of
 * the other.
 *
 * @param first Projections [m, d] of any length; row i and row i of `second` are views of one
 * sample.
 * @returns For identical rows that are orthogonal to all others: log K − log(1 + (K − 1) e^(−1/τ)).
 * For projections that are all alike: 0.
 * @throws RangeError when shapes differ, K is below 2 or larger than the number of pairs, τ ≤ 0, or
 * a projection is not finite.
 * @see Tian et al. 2020, eq. 2: I_NCE = log K − L_NCE.
 */
export function crossViewInformation(
  first: tf.Tensor2D,
  second: tf.Tensor2D,
  {temperature, k = first.shape[0]}: CrossViewInformationOptions,
): CrossViewInformation {
  const [m] = first.shape;
  check(
    `${first.shape}` === `${second.shape}`,
    'crossViewInformation',
    `expected two views of the same pairs, got [${first.shape}] and [${second.shape}]`,
  );
  check(
    Number.isInteger(k) && k >= 2 && k <= m,
    'crossViewInformation',
    `expected K from 2 to the ${m} pairs, got ${k}: choose a smaller K, or give more pairs`,
  );
  check(temperature > 0, 'crossViewInformation', `expected temperature > 0, got ${temperature}`);
  const loss = tf.tidy(() => {
    const [a, b] = [unit(first), unit(second)];
    const groups = Array.from({length: Math.floor(m / k)}, (_, group) => {
      const [x, y] = [a, b].map(rows => rows.slice([group * k, 0], [k, -1])) as [tf.Tensor2D, tf.Tensor2D];
      const scores = tf.matMul(x, y, false, true).div<tf.Tensor2D>(temperature); // [K, K]
      const positive = x.mul(y).sum(1).div(temperature); // [K]
      return scores.logSumExp(1).add(scores.logSumExp(0)).div(2).sub(positive).mean();
    });
    return tf.stack(groups).mean().dataSync()[0]!;
  });
  check(Number.isFinite(loss), 'crossViewInformation', `expected finite projections, got a loss of ${loss}`);
  return {information: Math.log(k) - loss, logK: Math.log(k), cosineCeiling: cosineCeiling(k, temperature)};
}
