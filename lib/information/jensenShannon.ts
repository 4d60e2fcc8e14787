// The Jensen-Shannon bound: critics trained by it are stable, and become the log density ratio that
// other estimates need. Nowozin et al. 2016 (f-GAN), arXiv:1606.00709; Hjelm et al. 2019 (Deep
// InfoMax), arXiv:1808.06670, eq. 4.

import {tf} from '../engine/tf';
import {apart, checkScores, joint} from './scores';

/**
 * −mean softplus(−f_ii) − mean over i ≠ j of softplus(f_ij). Its best critic is log p(y|x)/p(y),
 * without the constant that NWJ's has. What it is worth itself is no mutual information.
 *
 * @param scores f [K, K], K ≥ 2: row i, column j scores x_i with y_j.
 * @returns At most 0. Scores that are all 0 give −2 log 2.
 * @throws RangeError when the scores are not square or K is below 2.
 */
export function jensenShannon(scores: tf.Tensor2D): tf.Scalar {
  checkScores('jensenShannon', scores);
  return tf.tidy(
    () =>
      tf
        .softplus(joint(scores).neg())
        .mean()
        .add(tf.softplus(apart(scores)).mean())
        .neg() as tf.Scalar,
  );
}
