// Moves, turns and shears images, each by an affine map of its own.
// As PIL's `Image.transform(size, AFFINE, …, BILINEAR, fillcolor)`.

import {check} from '../check';
import {operation, text, type} from '../engine/operation';
import {tf} from '../engine/tf';

/**
 * The value at (x, y) becomes that of (a·x + b·y + c, d·x + e·y + f), x to the right and y down
 * from the upper left corner, pixels being squares with their value at the center; bilinear between
 * pixels.
 *
 * @param images [n, h, w, c] in any range. No gradient flows through.
 * @param maps [n, 6]: a, b, c, d, e, f. With 1, 0, 0, 0, 1, 0 an image stays as it is.
 * @param fill [c] what comes from outside the image.
 * @returns Shape of `images`.
 * @throws RangeError when there is not one map per image, or not one fill per channel.
 */
export function warp(images: tf.Tensor4D, maps: tf.Tensor2D, fill: readonly number[]): tf.Tensor4D {
  const [n, h, w, channels] = images.shape;
  check(
    maps.shape[0] === n && maps.shape[1] === 6,
    'warp',
    `expected one map of 6 numbers per image, [${n}, 6], got [${maps.shape}]`,
  );
  check(fill.length === channels, 'warp', `expected a fill for each of ${channels} channels, got [${fill}]`);
  return tf.tidy(() => {
    const [a, b, c, d, e, f] = tf.split(maps, 6, 1) as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
    ];
    // the kernel counts from the center of the first pixel
    const byCenter = (x: tf.Tensor, y: tf.Tensor, shift: tf.Tensor) => shift.add(x.add(y).sub(1).div(2));
    // [n, 8]
    const transforms = tf.concat([a, b, byCenter(a, b, c), d, e, byCenter(d, e, f), tf.zeros([n, 2])], 1);
    const moved = operation(
      'ImageProjectiveTransformV3',
      {dtype: type('float32'), interpolation: text('BILINEAR'), fill_mode: text('NEAREST')},
      [images, transforms, tf.tensor1d([h, w], 'int32'), tf.scalar(0)],
    ) as tf.Tensor4D;
    const [x, y] = [tf.range(0, w).add(0.5).reshape([1, 1, w]), tf.range(0, h).add(0.5).reshape([1, h, 1])];
    const along = (p: tf.Tensor, q: tf.Tensor, r: tf.Tensor) =>
      x
        .mul(p.expandDims(2))
        .add(y.mul(q.expandDims(2)))
        .add(r.expandDims(2)); // [n, h, w]
    const within = (at: tf.Tensor, length: number) => at.greaterEqual(0).logicalAnd(at.less(length));
    const inside = within(along(a, b, c), w)
      .logicalAnd(within(along(d, e, f), h))
      .expandDims(3);
    return tf.where(inside, moved, tf.tensor1d([...fill]).reshape([1, 1, 1, channels])) as tf.Tensor4D;
  });
}
