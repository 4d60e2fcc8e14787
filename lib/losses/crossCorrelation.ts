// Barlow Twins' loss: over a batch, each feature of one view goes along with the same feature of
// the other view and with no other feature. Zbontar et al. 2021, "Barlow Twins: Self-Supervised
// Learning via Redundancy Reduction", arXiv:2103.03230.

import {check} from '../check';
import {tf} from '../engine/tf';
import {batchNorm} from '../layers/batchNorm';

/** Options of {@link crossCorrelation}. */
export interface CrossCorrelationOptions {
  /**
   * λ, weight of the correlations between different features; 0 leaves them free.
   * @default 0.0051, the authors'
   */
  redundancy?: number;
}

/**
 * Σ (1 − c_ii)² + λ Σ_{i≠j} c_ij², where c [d, d] are the correlations of the first view's features
 * with the second's over the batch.
 *
 * @param first Projections [n, d] of the two views of n images, n ≥ 2. Standardized here by a
 * BatchNorm without scale and offset.
 * @param second As `first`.
 * @returns No unit, and a sum over features: d where the features are constant, 0 where both views
 * agree and no two features correlate.
 * @throws RangeError when the shapes differ, there are fewer than 2 images, or λ < 0.
 * @see Zbontar et al. 2021, eq. 1 and 2; facebookresearch/barlowtwins, main.py.
 */
export function crossCorrelation(
  first: tf.Tensor2D,
  second: tf.Tensor2D,
  {redundancy = 0.0051}: CrossCorrelationOptions = {},
): tf.Scalar {
  const [n, d] = first.shape;
  check(
    `${first.shape}` === `${second.shape}` && n >= 2,
    'crossCorrelation',
    `expected two views [n, d] of at least 2 images, got [${first.shape}] and [${second.shape}]`,
  );
  check(redundancy >= 0, 'crossCorrelation', `expected redundancy ≥ 0, got ${redundancy}`);
  const standardize = batchNorm<tf.Tensor2D>(d, {affine: false});
  return tf.tidy(() => {
    const [a, b] = [first, second].map(z => standardize.apply({}, z, {})) as [tf.Tensor2D, tf.Tensor2D];
    const all = tf.matMul(a, b, true).div(n); // [d, d]
    const own = a.mul(b).mean(0); // [d], the diagonal
    const others = all.square().sum().sub(own.square().sum());
    return tf.sub(1, own).square().sum().add(others.mul(redundancy)) as tf.Scalar;
  });
}
