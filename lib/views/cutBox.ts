// The box that cutmix cuts out of an image.
// Yun et al. 2019, "CutMix", arXiv:1905.04899, sec. 3.1; timm 1.0.31, data/mixup.py (rand_bbox).

import {tf} from '../engine/tf';

/**
 * A box of about 1 − λ of the image's area and of its aspect, round a pixel, cut off at the image's
 * border.
 *
 * @param image Height and width in pixels.
 * @param share λ, 0 to 1: what stays outside of the box, before it is cut off.
 * @param center [2] where the box's center is, as shares of height and width, 0 to below 1.
 * @returns [h, w], 1 inside and 0 outside: all 1 for λ = 0 about the middle of an image, all 0 for
 * λ = 1.
 */
export function cutBox([h, w]: readonly [number, number], share: tf.Scalar, center: tf.Tensor1D): tf.Tensor2D {
  return tf.tidy(() => {
    const ratio = tf.sub(1, share).sqrt(); // box's side over the image's
    const [y, x] = tf.split(center, 2);
    const inside = (size: number, at: tf.Tensor) => {
      const length = ratio.mul(size).floor();
      const before = length.div(2).floor();
      const pixel = at.mul(size).floor();
      const places = tf.range(0, size);
      return places
        .greaterEqual(pixel.sub(before))
        .logicalAnd(places.less(pixel.add(length.sub(before))))
        .toFloat(); // [size]
    };
    return inside(h, y!).expandDims(1).mul(inside(w, x!)) as tf.Tensor2D;
  });
}
