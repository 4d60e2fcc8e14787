// How close embeddings of one class lie together.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {check} from '../check';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';

/** As many pairs as 8 samples of one class make. */
const MINIMUM = 28;

/** Options of {@link tolerance}. */
export interface ToleranceOptions {
  /**
   * The equation as printed: the mean over all pairs, in which pairs of different classes count as
   * 0. The paper's table cannot have been computed so.
   * @default false
   */
  literal?: boolean;
}

/**
 * Mean cosine similarity over all pairs of different samples of one class. Larger tolerates more
 * difference within a class.
 *
 * @param z Embeddings [n, d]. Any length: normalized here.
 * @param labels [n] class numbers from 0.
 * @returns Scalar from −1 to 1; 1 when each class is one point.
 * @throws RangeError when lengths differ, a label is negative, or fewer than 28 pairs are of one
 * class.
 * @see Wang & Liu 2021, table 1. Their values up to .61 on ten classes are means over same-class
 * pairs: the literal form could not pass .1.
 *
 * @example
 * ```ts
 * import {tf, tolerance} from 'ssl-workbench';
 * const labels = Int32Array.from({length: 100}, (_, i) => i % 2);
 * const z = tf.oneHot(tf.tensor1d(labels, 'int32'), 2).toFloat() as tf.Tensor2D;
 * console.log(tolerance(z, labels).dataSync()[0]); // 1: each class is one point
 * ```
 */
export function tolerance(z: tf.Tensor2D, labels: Int32Array, {literal = false}: ToleranceOptions = {}): tf.Scalar {
  const [n] = z.shape;
  check(labels.length === n, 'tolerance', `expected a label for each of ${n} samples, got ${labels.length}`);
  const negative = labels.find(label => label < 0);
  check(
    negative === undefined,
    'tolerance',
    `expected labels from 0, got ${negative}: leave out samples without a class`,
  );
  const sizes = new Float64Array(labels.reduce((most, label) => Math.max(most, label), 0) + 1);
  for (const label of labels) sizes[label]!++;
  const pairs = sizes.reduce((sum, size) => sum + size * (size - 1), 0); // ordered
  check(
    pairs >= 2 * MINIMUM,
    'tolerance',
    `expected at least ${MINIMUM} pairs of samples of one class, got ${pairs / 2} among ${n} samples`,
  );
  return tf.tidy(() => {
    const u = unit(z);
    // [k, d]
    const sums = tf.matMul(tf.oneHot(tf.tensor1d(labels, 'int32'), Math.max(2, sizes.length)).toFloat(), u, true);
    // over ordered pairs: all of a class, less each with itself
    const similarities = sums.square().sum().sub(u.square().sum());
    return similarities.div(literal ? n * (n - 1) : pairs) as tf.Scalar;
  });
}
