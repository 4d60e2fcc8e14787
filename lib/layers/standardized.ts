// Gives each token mean 0 and variance 1 over its channels, without anything learned: how targets
// are normalized.

import {tf} from '../engine/tf';

/** Options of {@link standardized}. */
export interface StandardizedOptions {
  /** Added to the variance. @default 1e-5, torch's for a LayerNorm without parameters */
  epsilon?: number;
  /**
   * Whether the variance is divided by d − 1, as torch's `var` is, in place of d, as its LayerNorm
   * is.
   * @default false
   */
  unbiased?: boolean;
}

/** @param x [n, …, d] @returns Shape of x. A constant token becomes 0. */
export function standardized<X extends tf.Tensor>(x: X, options: StandardizedOptions = {}): X {
  return tf.tidy(() => {
    const {mean, deviation} = standardization(x, options);
    return x.sub(mean).div(deviation) as X;
  });
}

/**
 * What {@link standardized} takes off each token, and then divides it by.
 * @returns [n, …, 1] each.
 */
export function standardization(
  x: tf.Tensor,
  {epsilon = 1e-5, unbiased = false}: StandardizedOptions = {},
): {mean: tf.Tensor; deviation: tf.Tensor} {
  return tf.tidy(() => {
    const d = x.shape.at(-1)!;
    const mean = x.mean(-1, true);
    const variance = x
      .sub(mean)
      .square()
      .sum(-1, true)
      .div(unbiased ? d - 1 : d);
    return {mean, deviation: variance.add(epsilon).sqrt()};
  });
}
