// Changes the brightness, contrast, saturation and hue of images, each image by its own amount.
// As torchvision's adjust_brightness, adjust_contrast, adjust_saturation and adjust_hue on float
// images.

import {check} from '../check';
import {clip} from '../engine/clip';
import {tf} from '../engine/tf';
import {luma} from './grayscale';
import {hexagon} from './hexagon';
import {onPlanes, type Planes} from './planes';

/** Amounts per image, each [n]; for one image 1, 1, 1, 0 change nothing. */
export interface Colors {
  /** Factor from 0 (black). */
  brightness: tf.Tensor1D;
  /** Factor from 0 (the mean luma everywhere). */
  contrast: tf.Tensor1D;
  /** Factor from 0 (gray). */
  saturation: tf.Tensor1D;
  /**
   * Part of a turn round the color circle, −0.5 to 0.5; omit to leave the hue, and its cost, out.
   */
  hue?: tf.Tensor1D;
}

/** clip(factor · image). @param factor [n] from 0. */
export function adjustBrightness(images: tf.Tensor4D, factor: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() => clip(images.mul(perImage(images, factor, 'adjustBrightness').reshape([-1, 1, 1, 1]))));
}

/** clip(factor · image + (1 − factor) · mean luma of the image). @param factor [n] from 0. */
export function adjustContrast(images: tf.Tensor4D, factor: tf.Tensor1D): tf.Tensor4D {
  return onPlanes(images, planes => {
    const own = perImage(images, factor, 'adjustContrast');
    return blend(planes, {own, luma: tf.zerosLike(own), mean: tf.sub(1, own)});
  });
}

/**
 * clip(factor · image + (1 − factor) · luma of the pixel); images of one channel stay.
 * @param factor [n] from 0.
 */
export function adjustSaturation(images: tf.Tensor4D, factor: tf.Tensor1D): tf.Tensor4D {
  return onPlanes(images, planes => {
    const own = perImage(images, factor, 'adjustSaturation');
    return blend(planes, {own, luma: tf.sub(1, own), mean: tf.zerosLike(own)});
  });
}

/**
 * Turns the hue of HSV; images of one channel stay.
 * @param turn [n] part of a whole turn, −0.5 to 0.5.
 */
export function adjustHue(images: tf.Tensor4D, turn: tf.Tensor1D): tf.Tensor4D {
  return onPlanes(images, planes => turnHue(planes, perImage(images, turn, 'adjustHue')));
}

/**
 * All four, one after the other, in an order of each image's own.
 *
 * The first three are one formula, a blend of the pixel, its luma and the image's mean luma, so
 * that their order is a matter of coefficients. The hue is turned once, between three blends before
 * and three after, of which an image uses three in all: 6 blends and 1 hue in place of 4 of each
 * operation.
 *
 * @param images [n, h, w, c] in [0, 1], c = 1 or 3.
 * @param order [n, 4] int32, a permutation per image: 0 brightness, 1 contrast, 2 saturation, 3
 * hue.
 * @returns Shape of `images`, in [0, 1]: clipped after each change.
 */
export function adjustColors(
  images: tf.Tensor4D,
  {brightness, contrast, saturation, hue}: Colors,
  order: tf.Tensor2D,
): tf.Tensor4D {
  check(
    order.shape[0] === images.shape[0] && order.shape[1] === 4,
    'adjustColors',
    `expected an order of 4 per image, [${images.shape[0]}, 4], got [${order.shape}]`,
  );
  return onPlanes(images, planes => {
    const factors = [brightness, contrast, saturation].map(factor => perImage(images, factor, 'adjustColors'));
    // [n, place] each
    const [isBrightness, isContrast, isSaturation, isHue] = tf.unstack(tf.oneHot(order, 4).cast('float32'), 2);
    // factor − 1 at each place
    const change = tf.addN([isBrightness!, isContrast!, isSaturation!].map((is, i) => is.mul(factors[i]!.sub(1))));
    const blends = (start: Planes, places: number[], used?: tf.Tensor) => {
      const amount = used ? change.mul(used) : change; // an unused blend changes nothing
      const [own, gray, mean] = [amount.add(1), amount.mul(isSaturation!).neg(), amount.mul(isContrast!).neg()];
      // [n, 1]
      const at = (coefficient: tf.Tensor, place: number) => coefficient.slice([0, place], [-1, 1]);
      return places.reduce(
        (x, place) => blend(x, {own: at(own, place), luma: at(gray, place), mean: at(mean, place)}),
        start,
      );
    };
    if (!hue) return blends(planes, [0, 1, 2, 3]);
    // 1 from the place of the hue on; at that place no blend changes anything
    const passed = tf.cumsum(isHue!, 1);
    const before = blends(planes, [0, 1, 2], tf.sub(1, passed));
    return blends(turnHue(before, perImage(images, hue, 'adjustColors')), [1, 2, 3], passed);
  });
}

/** clip(own · pixel + luma · its luma + mean · the image's mean luma); coefficients [n, 1]. */
function blend(planes: Planes, {own, luma: gray, mean}: {own: tf.Tensor; luma: tf.Tensor; mean: tf.Tensor}): Planes {
  return tf.tidy(() => {
    // a tidy of its own: 17 planes a blend are a lot of memory
    const y = luma(planes);
    const added = y.mul(gray).add(y.mean(1, true).mul(mean));
    return planes.map(plane => clip(plane.mul(own).add<tf.Tensor2D>(added)));
  });
}

/** Value and chroma stay. */
function turnHue(planes: Planes, amount: tf.Tensor2D): Planes {
  if (planes.length === 1) return planes;
  return tf.tidy(() => {
    const {smallest, chroma, turn} = hexagon(planes);
    const turned = turn.add(amount);
    const hue = turned.sub(turned.floor()).mul(6); // [0, 6)
    // of the chroma, red, green, blue
    const share = [tf.sub(hue.sub(3).abs(), 1), tf.sub(2, hue.sub(2).abs()), tf.sub(2, hue.sub(4).abs())];
    return share.map(s => clip(s).mul(chroma).add<tf.Tensor2D>(smallest));
  });
}

function perImage(images: tf.Tensor4D, amount: tf.Tensor1D, caller: string): tf.Tensor2D {
  check(
    amount.shape.length === 1 && amount.shape[0] === images.shape[0],
    caller,
    `expected one number per image, [${images.shape[0]}], got [${amount.shape}]`,
  );
  return amount.reshape([-1, 1]);
}
