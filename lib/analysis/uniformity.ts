// How evenly embeddings cover the unit sphere.
// Wang & Isola 2020, "Understanding Contrastive Representation Learning through Alignment and
// Uniformity on the Hypersphere", arXiv:2005.10242.

import {check} from '../check';
import {tf} from '../engine/tf';
import {gaussianPotential} from '../losses/gaussianPotential';

/** 28 pairs: on a sphere of 128 dimensions their mean is known to about 0.07 nats. */
const MINIMUM = 8;

/** Options of {@link uniformity}. */
export interface UniformityOptions {
  /** Sharpness of the Gaussian kernel, above 0. @default 2 */
  t?: number;
}

/**
 * −log of the mean of exp(−t ‖x − y‖²) over all pairs of different samples. Larger is more uniform.
 * The sign is that of the table in Wang & Liu 2021 (arXiv:2012.09740); Wang & Isola's loss is the
 * negative of this value.
 *
 * @param z Embeddings [n, d], n ≥ 8. Any length: normalized here.
 * @returns Scalar in nats, from 0 (all alike); evenly spread points at t = 2 give 3.9375 for d =
 * 128. Gradients flow.
 * @throws RangeError when n < 8 or t ≤ 0.
 * @see Wang & Isola 2020; SsnL/align_uniform, `uniform_loss`.
 *
 * @example
 * ```ts
 * import {tf, uniformity} from 'ssl-workbench';
 * const u = tf.randomNormal([256, 128]) as tf.Tensor2D;
 * console.log(uniformity(u).dataSync()[0]); // near 3.94, that of points spread evenly
 * ```
 */
export function uniformity(z: tf.Tensor2D, {t = 2}: UniformityOptions = {}): tf.Scalar {
  const [n] = z.shape;
  check(n >= MINIMUM, 'uniformity', `expected at least ${MINIMUM} samples, got ${n}`);
  check(t > 0, 'uniformity', `expected t > 0, got ${t}`);
  return tf.tidy(() => gaussianPotential(z, t).neg() as tf.Scalar);
}
