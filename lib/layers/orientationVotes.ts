// What a histogram of oriented gradients counts: at each pixel one vote, for the orientation of its
// gradient, as strong as the gradient is long. Dalal & Triggs 2005, "Histograms of Oriented
// Gradients for Human Detection", CVPR, sec. 6.3.

import {tf} from '../engine/tf';

/**
 * @param y The two parts of each gradient, of one shape.
 * @param x As `y`.
 * @param orientations Bins from 0 to 180°, without sign: opposite directions are one. The angle is
 * that of atan2(y, x).
 * @returns [..., orientations]: √(y² + x²) in one bin, 0 in the others.
 */
export function orientationVotes(y: tf.Tensor, x: tf.Tensor, orientations: number): tf.Tensor {
  return tf.tidy(() => {
    // −π to π by π is exactly −1 to 1: edges along an axis are many
    const bin = tf.mod(tf.atan2(y, x).div(Math.PI).mul(orientations).floor().toInt(), tf.scalar(orientations, 'int32'));
    return tf.oneHot(bin, orientations).mul(y.square().add(x.square()).sqrt().expandDims(-1));
  });
}
