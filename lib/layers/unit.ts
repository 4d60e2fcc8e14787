// Scales rows to length 1, so that a dot product is a cosine.

import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';

/**
 * Sizes of a row's largest entry between which float32 holds sums of squares, and their power −3/2
 * in the gradient.
 */
const [SMALLEST, LARGEST] = [1e-10, 1e10];

/**
 * @param z [n, d], any length: rows outside 1e-10 to 1e10 are divided by their largest entry before
 * they are squared.
 * @returns [n, d], rows of length 1. A zero row stays zero and passes its gradient on as it comes:
 * it has no direction that could turn.
 * @see google-research/simclr, objective.py: `tf.math.l2_normalize`, which leaves rows shorter than
 * 1e-6 shorter than 1, and multiplies the gradient of a zero row by 1e6.
 */
export function unit(z: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const largest = stopGradient(z).abs().max(1, true); // [n, 1]
    const zero = largest.equal(0);
    const ordinary = tf.logicalAnd(largest.greaterEqual(SMALLEST), largest.lessEqual(LARGEST));
    const scaled = z.div(tf.where(tf.logicalOr(ordinary, zero), tf.onesLike(largest), largest));
    return scaled.mul(scaled.square().sum(1, true).add(zero.cast('float32')).rsqrt()) as tf.Tensor2D;
  });
}
