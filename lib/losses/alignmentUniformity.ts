// Alignment and uniformity as a loss: views of an image together, all images evenly over the
// sphere, without a softmax. Wang & Isola 2020, "Understanding Contrastive Representation Learning
// through Alignment and Uniformity on the Hypersphere", arXiv:2005.10242.

import {check} from '../check';
import {tf} from '../engine/tf';
import {gaussianPotential} from './gaussianPotential';
import {viewDistance} from './viewDistance';

/** Options of {@link alignmentUniformity}. */
export interface AlignmentUniformityOptions {
  /** ≥ 0. @default 1 */
  alignmentWeight?: number;
  /** ≥ 0. @default 1 */
  uniformityWeight?: number;
  /** Power of the distance between views, above 0. @default 2 */
  alpha?: number;
  /** Sharpness of the Gaussian kernel, above 0. @default 2 */
  t?: number;
}

/**
 * Weight times the mean of ‖x − y‖^α over the views of an image, plus weight times log of the mean
 * of exp(−t ‖·‖²) over pairs of images, averaged over the two views.
 *
 * @param x Projections [n, d] of the two views, n ≥ 2; row i of both shows one image. Any length:
 * normalized here.
 * @param y As `x`.
 * @returns Scalar, the second part in nats. Points that are all alike give 0; agreeing views,
 * evenly spread in 128 dimensions, −3.9375.
 * @throws RangeError when the shapes differ, n < 2, a weight is below 0, or α or t is not above 0.
 * @see Wang & Isola 2020; SsnL/align_uniform, whose STL-10 example has these defaults. Their MoCo
 * variant for ImageNet-100 takes 3, 1, 2 and 3.
 */
export function alignmentUniformity(
  x: tf.Tensor2D,
  y: tf.Tensor2D,
  {alignmentWeight = 1, uniformityWeight = 1, alpha = 2, t = 2}: AlignmentUniformityOptions = {},
): tf.Scalar {
  check(
    x.shape[0] === y.shape[0] && x.shape[1] === y.shape[1],
    'alignmentUniformity',
    `expected two views of one shape [n, d], got [${x.shape}] and [${y.shape}]`,
  );
  check(x.shape[0] >= 2, 'alignmentUniformity', `expected at least 2 images, got ${x.shape[0]}`);
  check(
    alignmentWeight >= 0 && uniformityWeight >= 0,
    'alignmentUniformity',
    `expected weights ≥ 0, got ${alignmentWeight} and ${uniformityWeight}`,
  );
  check(alpha > 0 && t > 0, 'alignmentUniformity', `expected alpha and t > 0, got ${alpha} and ${t}`);
  return tf.tidy(() => {
    const crowding = gaussianPotential(x, t).add(gaussianPotential(y, t)).div(2);
    return viewDistance(x, y, alpha).mul(alignmentWeight).add(crowding.mul(uniformityWeight)) as tf.Scalar;
  });
}
