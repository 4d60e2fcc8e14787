// RankMe: how many dimensions an encoder's embeddings use, without labels.
// Garrido et al. 2023, "RankMe: Assessing the Downstream Performance of Pretrained Self-Supervised
// Representations by Their Rank", arXiv:2210.02885.

import {check} from '../check';
import {bool, operations, type} from '../engine/operation';
import {tf} from '../engine/tf';

/** Options of {@link rankMe}. */
export interface RankMeOptions {
  /** Added to each share of the spectrum. @default 1e-7 */
  epsilon?: number;
}

/**
 * exp of the entropy of the singular values' shares, p = σ / Σσ + ε, of the embedding matrix as it
 * stands: neither centered nor row-normalized.
 *
 * @param z Embeddings [n, d], n ≥ d; far more are better (the paper takes 25,600): random
 * directions at n = d reach only 0.8 d.
 * @returns Scalar from 1 (one direction) to d (all directions alike). Compares runs of one method
 * only. No gradient flows.
 * @throws RangeError when n < d: the number of samples would bound the rank.
 * @see Garrido et al. 2023, eq. 1 and 2.
 */
export function rankMe(z: tf.Tensor2D, {epsilon = 1e-7}: RankMeOptions = {}): tf.Scalar {
  const [n, d] = z.shape;
  check(n >= d, 'rankMe', `expected at least as many samples as dimensions, ${d}, got ${n}`);
  return tf.tidy(() => {
    const [singular] = operations(
      'Svd',
      {compute_uv: bool(false), full_matrices: bool(false), T: type('float32')},
      [z],
      3,
    ); // [d]
    const p = tf.divNoNan(singular!, singular!.sum()).add(epsilon);
    return p.mul(p.log()).sum().neg().exp() as tf.Scalar;
  });
}
