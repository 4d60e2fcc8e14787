// Maps the levels of images: stretched, evened out, inverted, coarser, brighter in the dark. As
// PIL's ImageOps, on levels of 255. Values between two levels keep their place but where the map is
// one of whole levels (equalize, posterize), which round first; PIL cuts what it computes to whole
// levels.

import {clip} from '../engine/clip';
import {bool, operation, type} from '../engine/operation';
import {tf} from '../engine/tf';

/**
 * Each channel of each image stretched to reach from 0 to 1; one of a single value stays.
 * @see PIL's `autocontrast`.
 */
export function autoContrast(images: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [low, high] = [images.min([1, 2], true), images.max([1, 2], true)];
    const room = high.sub(low);
    return tf.where(room.greater(0), images.sub(low).div(tf.maximum(room, 1e-6)), images) as tf.Tensor4D;
  });
}

/** 1 − x. */
export function invert(images: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => tf.sub<tf.Tensor4D>(1, images));
}

/**
 * Keeps the highest bits of each level of 255.
 * @param bits [n] whole numbers from 0 (black) to 8 (as it is), float32.
 * @see PIL's `posterize`.
 */
export function posterize(images: tf.Tensor4D, bits: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() => {
    const step = tf.pow(2, tf.sub(8, bits)).reshape([-1, 1, 1, 1]);
    return images.mul(255).round().div(step).floor().mul(step).div(255) as tf.Tensor4D;
  });
}

/**
 * 1 − x from the threshold on.
 * @param threshold [n] levels, 0 (all) to 256 (nothing), float32.
 * @see PIL's `solarize`.
 */
export function solarizeFrom(images: tf.Tensor4D, threshold: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() =>
    tf.where(
      images
        .mul(255)
        .round()
        .less(threshold.reshape([-1, 1, 1, 1])),
      images,
      tf.sub<tf.Tensor4D>(1, images),
    ),
  );
}

/**
 * Brightens what is below level 128.
 * @param added [n] levels, 0 to 255, float32.
 * @see The `solarize_add` of timm and PyContrast.
 */
export function solarizeAdd(images: tf.Tensor4D, added: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() =>
    tf.where(
      images.mul(255).round().less(128),
      clip(images.add<tf.Tensor4D>(added.div(255).reshape([-1, 1, 1, 1]))),
      images,
    ),
  );
}

/**
 * Each channel of each image with its levels about equally often. One whose step is below one pixel
 * a level, as of a single value, keeps its levels.
 * @see PIL's `equalize`.
 */
export function equalize(images: tf.Tensor4D): tf.Tensor4D {
  const [n, h, w, c] = images.shape;
  const [rows, pixels] = [n * c, h * w];
  return tf.tidy(() => {
    const whole = (value: number) => tf.scalar(value, 'int32');
    const levels = images.transpose([0, 3, 1, 2]).reshape([rows, pixels]).mul(255).round().cast('int32');
    const counts = operation('DenseBincount', {Tidx: type('int32'), T: type('float32'), binary_output: bool(false)}, [
      levels,
      whole(256),
      tf.tensor1d([]),
    ]).cast('int32'); // [rows, 256]
    const belowTop = levels.less(levels.max(1, true)).cast('int32').sum(1, true); // [rows, 1]
    const step = belowTop.floorDiv(whole(255));
    const divisor = tf.maximum(step, whole(1));
    const evened = counts
      .cumsum(1, true)
      .add(divisor.floorDiv(whole(2)))
      .floorDiv(divisor)
      .minimum(whole(255));
    const table = tf.where(step.greater(whole(0)), evened, tf.range(0, 256, 1, 'int32').expandDims(0).tile([rows, 1]));
    const first = tf.range(0, rows, 1, 'int32').mul(whole(256)).expandDims(1);
    const mapped = table.reshape([-1]).gather(levels.add(first).cast('int32')).cast('float32').div(255);
    return mapped.reshape([n, c, h, w]).transpose([0, 2, 3, 1]) as tf.Tensor4D;
  });
}
