// Scales rows to length 1, so that a dot product is a cosine.

import {tf} from '../engine/tf';

/**
 * @param z [n, d], any length.
 * @returns [n, d], rows of length 1; a zero row stays zero and gets a finite gradient.
 * @see google-research/simclr, objective.py: `tf.math.l2_normalize`, whose bound 1e-12 on the squared length is used here.
 */
export function unit(z: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => z.mul(z.square().sum(1, true).maximum(1e-12).rsqrt()) as tf.Tensor2D);
}
