// Turns images by multiples of 90 degrees.
// Gidaris et al. 2018, "Unsupervised Representation Learning by Predicting Image Rotations",
// arXiv:1803.07728.

import {check} from '../check';
import {chooseRows} from '../engine/chooseRows';
import {tf} from '../engine/tf';

/**
 * @param images [n, h, h, c] in any range.
 * @param turns [n] int32, 0 to 3: quarter turns against the clock.
 * @returns Shape of `images`. No gradient flows through.
 * @throws RangeError when the images are not square.
 */
export function quarterTurns(images: tf.Tensor4D, turns: tf.Tensor1D): tf.Tensor4D {
  const [, h, w] = images.shape;
  check(h === w, 'quarterTurns', `expected square images, got [${images.shape}]`);
  return tf.tidy(() => {
    const turned = images.transpose([0, 2, 1, 3]);
    const each = [tf.reverse(turned, 1), tf.reverse(images, [1, 2]), tf.reverse(turned, 2)] as tf.Tensor4D[];
    return each.reduce(
      (chosen, view, i) => chooseRows(turns.equal(tf.scalar(i + 1, 'int32')), view, chosen),
      images.clone(),
    );
  });
}
