// Makes images sharper or softer, each by its own amount.

import {check} from '../check';
import {clip} from '../engine/clip';
import {tf} from '../engine/tf';

/**
 * clip(factor · image + (1 − factor) · smoothed), smoothed by weights 5 for the pixel and 1 for
 * each of its eight neighbors, over 13; pixels at the border stay.
 *
 * @param images [n, h, w, c] in [0, 1], h and w at least 3.
 * @param factor [n] from 0 (smoothed), 1 changes nothing.
 * @throws RangeError when there is not one factor per image, or images are smaller than 3 × 3.
 * @see PIL's `ImageEnhance.Sharpness`.
 */
export function adjustSharpness(images: tf.Tensor4D, factor: tf.Tensor1D): tf.Tensor4D {
  const [n, h, w] = images.shape;
  check(factor.shape[0] === n, 'adjustSharpness', `expected one factor per image, [${n}], got [${factor.shape}]`);
  check(h >= 3 && w >= 3, 'adjustSharpness', `expected images of at least 3 × 3 pixels, got [${images.shape}]`);
  return tf.tidy(() => {
    const center = images.slice([0, 1, 1, 0], [-1, h - 2, w - 2, -1]);
    const detail = center
      .sub(tf.avgPool(images, 3, 1, 'valid'))
      .mul(9 / 13)
      .pad([
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]); // pixel − smoothed
    return clip(images.add<tf.Tensor4D>(detail.mul(factor.sub(1).reshape([-1, 1, 1, 1]))));
  });
}
