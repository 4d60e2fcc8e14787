// In how many directions a batch of embeddings spreads: the effective rank that is cheap enough for
// every step. Gao et al. 2017, "A theory of multineuronal dimensionality, dynamics and
// measurement", bioRxiv 214262.

import {check} from '../check';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';

const MINIMUM = 8;
/** Mean squared distance from the center that float32 cannot tell from none. */
const ROUNDING = 1e-9;

/**
 * (Σ λ)² / Σ λ² of the eigenvalues λ of the covariance of unit embeddings. Not comparable with
 * RankMe, which is an entropy of uncentered singular values.
 *
 * @param z Embeddings [n, d], n ≥ 8. Any length: normalized here.
 * @returns Scalar from 1 (all on a line) to min(n − 1, d) (evenly in all directions); 0 when all
 * are alike.
 * @throws RangeError when n < 8.
 */
export function participationRatio(z: tf.Tensor2D): tf.Scalar {
  const [n] = z.shape;
  check(n >= MINIMUM, 'participationRatio', `expected at least ${MINIMUM} samples, got ${n}`);
  return tf.tidy(() => {
    const u = unit(z);
    const centered = u.sub(u.mean(0));
    const covariance = tf.matMul(centered, centered, true); // [d, d], times n
    return centered
      .square()
      .sum()
      .square()
      .div(
        covariance
          .square()
          .sum()
          .add((n * ROUNDING) ** 2),
      ) as tf.Scalar;
  });
}
