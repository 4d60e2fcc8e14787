// Fewer positions: the largest of each window, or the mean of all.

import {tf} from '../engine/tf';

/**
 * The largest value of each 3×3 window, every second position, with torch's padding of 1.
 *
 * @param x [n, h, w, c]
 * @returns [n, ⌈h/2⌉, ⌈w/2⌉, c]
 */
export function maxPool(x: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() =>
    tf.maxPool(
      tf.pad(
        x,
        [
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ],
        -3.4e38,
      ),
      3,
      2,
      'valid',
    ),
  ); // TensorFlow's SAME would pad the far side only
}

/**
 * Mean over all positions.
 *
 * @param x [n, h, w, c]
 * @returns [n, c]
 */
export function globalAveragePool(x: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => x.mean([1, 2]));
}
