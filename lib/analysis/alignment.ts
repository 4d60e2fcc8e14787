// How far two views of one image lie apart on the unit sphere.
// Wang & Isola 2020, "Understanding Contrastive Representation Learning through Alignment and
// Uniformity on the Hypersphere", arXiv:2005.10242.

import {check} from '../check';
import type {tf} from '../engine/tf';
import {viewDistance} from '../losses/viewDistance';

/** Fewest pairs whose mean says something: below, one pair decides. */
const MINIMUM = 8;

/** Options of {@link alignment}. */
export interface AlignmentOptions {
  /** Power of the distance, above 0. @default 2 */
  alpha?: number;
}

/**
 * Mean of ‖x − y‖^α over pairs of views. Smaller is better aligned.
 *
 * @param x Embeddings [n, d] of the two views, n ≥ 8; row i of both shows one image. Any length:
 * normalized here.
 * @param y As `x`.
 * @returns Scalar from 0 (views are alike) to 2^α; 2 for independent directions at α = 2. Gradients
 * flow.
 * @throws RangeError when the shapes differ, n < 8, or α ≤ 0.
 * @see Wang & Isola 2020; SsnL/align_uniform, `align_loss`.
 *
 * @example
 * ```ts
 * import {alignment, tf} from 'ssl-workbench';
 * const x = tf.randomNormal([256, 128]) as tf.Tensor2D;
 * const y = tf.randomNormal([256, 128]) as tf.Tensor2D;
 * console.log(alignment(x, x).dataSync()[0], alignment(x, y).dataSync()[0]); // 0, and about 2
 * ```
 */
export function alignment(x: tf.Tensor2D, y: tf.Tensor2D, {alpha = 2}: AlignmentOptions = {}): tf.Scalar {
  check(
    x.shape[0] === y.shape[0] && x.shape[1] === y.shape[1],
    'alignment',
    `expected two views of one shape [n, d], got [${x.shape}] and [${y.shape}]`,
  );
  check(x.shape[0] >= MINIMUM, 'alignment', `expected at least ${MINIMUM} pairs of views, got ${x.shape[0]}`);
  check(alpha > 0, 'alignment', `expected alpha > 0, got ${alpha}`);
  return viewDistance(x, y, alpha);
}
