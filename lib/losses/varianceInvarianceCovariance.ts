// VICReg's loss: views agree, each feature keeps a spread over the batch, and no two features vary
// together. Bardes, Ponce & LeCun 2022, "VICReg: Variance-Invariance-Covariance Regularization for
// Self-Supervised Learning", arXiv:2105.04906.

import {check} from '../check';
import {tf} from '../engine/tf';

/** Options of {@link varianceInvarianceCovariance}. */
export interface VarianceInvarianceCovarianceOptions {
  /** Weight of the squared distance between views. @default 25 */
  invariance?: number;
  /** Weight of the standard deviations that are below 1. @default 25 */
  variance?: number;
  /** Weight of the covariances between different features. @default 1 */
  covariance?: number;
}

const VARIANCE = 25;
/** Added to a variance before its root. */
const EPSILON = 1e-4;

/** The loss of projections that are all alike: its variance term. */
export const varianceAtCollapse = (weight = VARIANCE): number => (1 - Math.sqrt(EPSILON)) * weight;

/**
 * The invariance term is the mean over images and features; the variance term the mean over
 * features and over the two views; the covariance term the sum over pairs of different features,
 * divided by d, and the sum of the two views. These are the means and sums of the authors' code.
 * The paper's equations add the variance terms of both views, which is twice as much, and the
 * squared distances of all features, d times as much.
 *
 * @param first Projections [n, d] of the two views of n images, n ≥ 2. Variances and covariances
 * are unbiased: divided by n − 1.
 * @param second As `first`.
 * @returns No unit. Constant features that agree give 0.99 · `variance`: a standard deviation is
 * √(variance + 1e-4).
 * @throws RangeError when the shapes differ, there are fewer than 2 images, or a weight is
 * negative.
 * @see Bardes et al. 2022, sec. 4.1; facebookresearch/vicreg, main_vicreg.py.
 */
export function varianceInvarianceCovariance(
  first: tf.Tensor2D,
  second: tf.Tensor2D,
  {invariance = 25, variance = VARIANCE, covariance = 1}: VarianceInvarianceCovarianceOptions = {},
): tf.Scalar {
  const [n] = first.shape;
  check(
    `${first.shape}` === `${second.shape}` && n >= 2,
    'varianceInvarianceCovariance',
    `expected two views [n, d] of at least 2 images, got [${first.shape}] and [${second.shape}]`,
  );
  check(
    Math.min(invariance, variance, covariance) >= 0,
    'varianceInvarianceCovariance',
    `expected weights ≥ 0, got ${invariance}, ${variance} and ${covariance}`,
  );
  return tf.tidy(() => {
    const apart = first.sub(second).square().mean();
    const [a, b] = [first, second].map(z => spread(z)) as [Spread, Spread];
    return tf.addN([
      apart.mul(invariance),
      a.narrow.add(b.narrow).mul(variance / 2),
      a.shared.add(b.shared).mul(covariance),
    ]) as tf.Scalar;
  });
}

/**
 * How far standard deviations fall short of 1, mean over features; squared covariances of different
 * features, sum over d.
 */
type Spread = {narrow: tf.Tensor; shared: tf.Tensor};

function spread(z: tf.Tensor2D): Spread {
  const [n, d] = z.shape;
  const centered = z.sub(z.mean(0));
  const variances = centered
    .square()
    .sum(0)
    .div(n - 1); // [d]
  const covariances = tf.matMul(centered, centered, true).div(n - 1); // [d, d]
  return {
    narrow: tf.relu(tf.sub(1, variances.add(EPSILON).sqrt())).mean(),
    shared: covariances.square().sum().sub(variances.square().sum()).div(d),
  };
}
