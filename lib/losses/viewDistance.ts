// How far two views of one image lie apart on the unit sphere: the first half of Wang & Isola's
// loss, and what `alignment` measures. Wang & Isola 2020, "Understanding Contrastive Representation
// Learning through Alignment and Uniformity on the Hypersphere", arXiv:2005.10242.

import {tf} from '../engine/tf';
import {unit} from '../layers/unit';

/**
 * @param x [n, d], any length.
 * @param y As `x`.
 * @param alpha Power of the distance, above 0.
 * @returns Mean of ‖x − y‖^α over the n pairs; gradients are finite also where views are alike.
 */
export function viewDistance(x: tf.Tensor2D, y: tf.Tensor2D, alpha: number): tf.Scalar {
  return tf.tidy(() => {
    const squared = unit(x).sub(unit(y)).square().sum(1); // [n]
    return (alpha === 2 ? squared : squared.maximum(1e-12).pow(alpha / 2)).mean() as tf.Scalar;
  });
}
