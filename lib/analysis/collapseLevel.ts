// Whether all embeddings have become one point.
// Chen & He 2021, "Exploring Simple Siamese Representation Learning", arXiv:2011.10566.

import {check} from '../check';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';

const MINIMUM = 8;

/**
 * Standard deviation of the unit embeddings per dimension, averaged over dimensions, times √d.
 *
 * @param z Embeddings [n, d], n ≥ 8. Any length: normalized here.
 * @returns Scalar: 0 when all are alike (collapsed), 1 when they spread in all directions.
 * @throws RangeError when n < 8.
 * @see Chen & He 2021, who watch it without the √d: 1/√d is sound there, 0 collapsed.
 */
export function collapseLevel(z: tf.Tensor2D): tf.Scalar {
  const [n, d] = z.shape;
  check(n >= MINIMUM, 'collapseLevel', `expected at least ${MINIMUM} samples, got ${n}`);
  return tf.tidy(() => {
    const u = unit(z);
    const variance = u
      .sub(u.mean(0))
      .square()
      .sum(0)
      .div(n - 1); // [d], unbiased
    return variance.sqrt().mean().mul(Math.sqrt(d)) as tf.Scalar;
  });
}
