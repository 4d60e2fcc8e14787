// Random resized crop: a random box of each image, resized to one size.
// Szegedy et al. 2015, "Going Deeper with Convolutions", arXiv:1409.4842, sec. 6; the distribution
// and the sampling are those of torchvision's RandomResizedCrop.

import {check} from '../check';
import {clip} from '../engine/clip';
import {split, uniform} from '../engine/random';
import {tf} from '../engine/tf';
import type {Key} from '../module';
import {resample} from './resample';
import type {View} from './view';

/**
 * How values between pixels are made. Both are antialiased: where a box shrinks, the kernel widens
 * with it. `bicubic` is Keys's with a = −1/2.
 */
export type Interpolation = 'bilinear' | 'bicubic';

export interface BoxOptions {
  /** Smallest and largest share of the image's area, drawn evenly. @default [0.08, 1] */
  area?: readonly [minimum: number, maximum: number];
  /** Smallest and largest width over height, drawn evenly in its logarithm. @default [3/4, 4/3] */
  aspect?: readonly [minimum: number, maximum: number];
}

/** Options of {@link randomResizedCrop}. */
export interface CropOptions extends BoxOptions {
  /** Side of the result in pixels, or its height and width. */
  size: number | readonly [height: number, width: number];
  /** @default 'bilinear' */
  interpolation?: Interpolation;
}

// torchvision's; at the defaults a square image needs the fall-back once in 10⁸ crops
const attempts = 10;

/** A {@link View}: boxes of `randomBoxes`, each resized by {@link cropResize}. */
export function randomResizedCrop({size, interpolation, ...boxes}: CropOptions): View {
  return (images, key) =>
    tf.tidy(() => {
      const [n, h, w] = images.shape;
      return cropResize(images, randomBoxes(key, n, [h, w], boxes), size, interpolation);
    });
}

/**
 * Boxes of random area and aspect: of ten draws an image the first that fits, else the largest
 * centered box of an allowed aspect. The same distribution as torchvision's
 * `RandomResizedCrop.get_params`, which draws until one fits, at most ten times.
 *
 * @param n Number of boxes.
 * @param image Height and width of the images in pixels.
 * @returns [n, 4] top, left, height, width in whole pixels, float32. With area [1, 1] and aspect
 * [1, 1] of a square image: the whole image.
 * @throws RangeError unless 0 < area[0] ≤ area[1] ≤ 1 and 0 < aspect[0] ≤ aspect[1].
 */
export function randomBoxes(
  key: Key,
  n: number,
  [height, width]: readonly [number, number],
  {area = [0.08, 1], aspect = [3 / 4, 4 / 3]}: BoxOptions = {},
): tf.Tensor2D {
  check(
    area[0] > 0 && area[0] <= area[1] && area[1] <= 1,
    'randomBoxes',
    `expected 0 < smallest area ≤ largest ≤ 1, got [${area}]`,
  );
  check(
    aspect[0] > 0 && aspect[0] <= aspect[1],
    'randomBoxes',
    `expected 0 < smallest aspect ≤ largest, got [${aspect}]`,
  );
  return tf.tidy(() => {
    const [a, b, c, d] = split(key, 4);
    // [n, 10] pixels
    const areas = uniform(a!, [n, attempts], {minimum: area[0] * height * width, maximum: area[1] * height * width});
    const aspects = uniform(b!, [n, attempts], {minimum: Math.log(aspect[0]), maximum: Math.log(aspect[1])}).exp();
    const widths = areas.mul(aspects).sqrt().round();
    const heights = areas.div(aspects).sqrt().round();
    const fits = widths
      .greater(0)
      .logicalAnd(widths.lessEqual(width))
      .logicalAnd(heights.greater(0))
      .logicalAnd(heights.lessEqual(height))
      .cast('int32');
    const first = tf.oneHot(fits.argMax(1), attempts); // [n, 10]; argMax takes the first of equals
    const found = fits.max(1).cast('float32') as tf.Tensor1D; // [n] 0 when none fits
    const centered = largestBox(height, width, aspect);
    const pick = (drawn: tf.Tensor, otherwise: number) =>
      drawn.mul(first).sum(1).sub(otherwise).mul(found).add(otherwise);
    const [h, w] = [pick(heights, centered.height), pick(widths, centered.width)];
    const place = (k: Key, room: tf.Tensor, otherwise: number) =>
      uniform(k, [n]).mul(room.add(1)).floor().sub(otherwise).mul(found).add(otherwise);
    return tf.stack(
      [place(c!, tf.sub(height, h), centered.top), place(d!, tf.sub(width, w), centered.left), h, w],
      1,
    ) as tf.Tensor2D;
  });
}

/**
 * The largest centered box whose aspect is allowed: what is left when no draw fits, as in an image
 * much wider than high.
 */
function largestBox(
  height: number,
  width: number,
  aspect: readonly [number, number],
): {top: number; left: number; height: number; width: number} {
  const h = width / height < aspect[0] ? Math.round(width / aspect[0]) : height;
  const w = width / height > aspect[1] ? Math.round(height * aspect[1]) : width;
  return {top: Math.floor((height - h) / 2), left: Math.floor((width - w) / 2), height: h, width: w};
}

/**
 * Cuts a box out of each image and resizes it. Pixels are squares with their value at the center;
 * nothing outside the box is seen.
 *
 * @param images [n, h, w, c] in [0, 1].
 * @param boxes [n, 4] top, left, height, width: whole pixels within the image, float32.
 * @param size Side of the result, or its height and width.
 * @returns [n, *size, c] in [0, 1]. A box of the result's size is copied as it is.
 * @throws RangeError when there is not one box per image, or the size is no whole number from 1.
 * @see torchvision's `resized_crop(…, antialias=True)`, which this equals.
 */
export function cropResize(
  images: tf.Tensor4D,
  boxes: tf.Tensor2D,
  size: CropOptions['size'],
  interpolation: Interpolation = 'bilinear',
): tf.Tensor4D {
  const [n, h, w] = images.shape;
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  check(
    boxes.shape[0] === n && boxes.shape[1] === 4,
    'cropResize',
    `expected one box per image, [${n}, 4], got [${boxes.shape}]`,
  );
  check(
    Number.isInteger(height) && height >= 1 && Number.isInteger(width) && width >= 1,
    'cropResize',
    `expected a size of whole pixels from 1, got ${size}`,
  );
  return tf.tidy(() => {
    const [top, left, boxHeight, boxWidth] = tf.split(boxes, 4, 1); // [n, 1] each
    return clip(
      resample(
        images,
        weights(top!, boxHeight!, h, height, interpolation),
        weights(left!, boxWidth!, w, width, interpolation),
      ),
    );
  });
}

/**
 * Resizes values on a grid, as {@link cropResize} does whole images, but of any range: a bicubic
 * kernel may pass the largest.
 *
 * @param values [n, h, w, c]
 * @param size Height and width of the result.
 * @returns [n, *size, c]. Values that are all alike stay so.
 * @see torch's `interpolate(…, antialias=True)`, which this equals.
 */
export function resize(
  values: tf.Tensor4D,
  [height, width]: readonly [number, number],
  interpolation: Interpolation,
): tf.Tensor4D {
  const [n, h, w] = values.shape;
  return tf.tidy(() => {
    const along = (from: number, to: number) =>
      weights(tf.zeros([n, 1]), tf.fill([n, 1], from), from, to, interpolation); // [n, to, from]
    return resample(values, along(h, height), along(w, width));
  });
}

/** What each of `from` pixels gives to each of `to` pixels: [n, to, from], rows of sum 1. */
function weights(
  start: tf.Tensor,
  length: tf.Tensor,
  from: number,
  to: number,
  interpolation: Interpolation,
): tf.Tensor3D {
  return tf.tidy(() => {
    const [s, l] = [start.reshape([-1, 1, 1]), length.reshape([-1, 1, 1])]; // [n, 1, 1]
    const step = l.div(to); // pixels of the box per pixel of the result
    // antialiasing: a pixel of the result gathers all it covers
    const stretch = tf.maximum(step, 1);
    const source = tf.range(0, from).add(0.5).reshape([1, 1, from]);
    const center = tf.range(0, to).add(0.5).reshape([1, to, 1]).mul(step).add(s); // [n, to, 1]
    const inside = source
      .greater(s)
      .logicalAnd(source.less(s.add(l)))
      .cast('float32'); // [n, 1, from]
    // [n, to, from]
    const raw = kernel(source.div(stretch).sub(center.div(stretch)).abs(), interpolation).mul(inside);
    return raw.div(raw.sum(2, true)) as tf.Tensor3D;
  });
}

function kernel(distance: tf.Tensor, interpolation: Interpolation): tf.Tensor {
  switch (interpolation) {
    case 'bilinear':
      return tf.relu(tf.sub(1, distance));
    case 'bicubic': {
      const d = tf.minimum(distance, 2); // zero from 2 on
      const square = d.square();
      const near = d.mul(1.5).sub(2.5).mul(square).add(1);
      const far = d.mul(-0.5).add(2.5).mul(square).sub(d.mul(4)).add(2);
      return tf.where(d.less(1), near, far);
    }
    default:
      return interpolation satisfies never;
  }
}
