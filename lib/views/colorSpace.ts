// Images in other color spaces: what stands in which channel decides what a split by channels
// takes apart. As scikit-image's color.rgb2xyz, rgb2lab, rgb2yuv, rgb2ycbcr, rgb2ydbdr and rgb2hsv
// on float images, which CMC's authors use.

import {check} from '../check';
import {tf} from '../engine/tf';
import {hexagon} from './hexagon';
import {onPlanes, type Planes} from './planes';

/** Color spaces that {@link toColorSpace} knows. */
export const colorSpaceNames = ['rgb', 'xyz', 'lab', 'yuv', 'ycbcr', 'ydbdr', 'hsv'] as const;
/** A color space by its name. */
export type ColorSpace = (typeof colorSpaceNames)[number];

/** What a space is called, and its channels. */
export const colorSpaces: Readonly<Record<ColorSpace, {title: string; channels: readonly [string, string, string]}>> = {
  rgb: {title: 'RGB', channels: ['R', 'G', 'B']},
  xyz: {title: 'XYZ', channels: ['X', 'Y', 'Z']},
  lab: {title: 'Lab', channels: ['L', 'a', 'b']},
  yuv: {title: 'YUV', channels: ['Y', 'U', 'V']},
  ycbcr: {title: 'YCbCr', channels: ['Y', 'Cb', 'Cr']},
  ydbdr: {title: 'YDbDr', channels: ['Y', 'Db', 'Dr']},
  hsv: {title: 'HSV', channels: ['H', 'S', 'V']},
};

type Matrix = readonly (readonly [number, number, number])[];

/** From linear RGB, CIE 1931 with the white of D65. */
const toXyz: Matrix = [
  [0.412453, 0.35758, 0.180423],
  [0.212671, 0.71516, 0.072169],
  [0.019334, 0.119193, 0.950227],
];
const toYuv: Matrix = [
  [0.299, 0.587, 0.114],
  [-0.14714119, -0.28886916, 0.43601035],
  [0.61497538, -0.51496512, -0.10001026],
];
const toYcbcr: Matrix = [
  [65.481, 128.553, 24.966],
  [-37.797, -74.203, 112],
  [112, -93.786, -18.214],
];
const toYdbdr: Matrix = [
  [0.299, 0.587, 0.114],
  [-0.45, -0.883, 1.333],
  [-1.333, 1.116, 0.217],
];

/** XYZ of D65 for the observer of 2°. */
const WHITE = [0.95047, 1, 1.08883];

/**
 * @param images [n, h, w, 3] of sRGB in [0, 1].
 * @returns The same shape. RGB as it is. XYZ in [0, 1.09]. Lab: L 0 to 100, a −86 to 98, b −108 to
 * 94. Y 0 to 1, with U ±0.436 and V ±0.615, or Db and Dr ±1.333. YCbCr: Y 16 to 235, Cb and Cr 16
 * to 240. HSV: each 0 to 1, hue in turns from red; it jumps from 1 to 0 there, and is 0 where a
 * pixel is gray.
 * @throws RangeError for an unknown space, or images that have not three channels.
 */
export function toColorSpace(images: tf.Tensor4D, space: ColorSpace): tf.Tensor4D {
  check(
    colorSpaceNames.includes(space),
    'toColorSpace',
    `expected a color space of ${colorSpaceNames.join(', ')}, got '${space}'`,
  );
  check(images.shape[3] === 3, 'toColorSpace', `expected images of 3 channels, got [${images.shape}]`);
  return onPlanes(images, planes => {
    switch (space) {
      case 'rgb':
        return planes;
      case 'xyz':
        return mixed(planes.map(linear), toXyz);
      case 'lab':
        return lab(mixed(planes.map(linear), toXyz));
      case 'yuv':
        return mixed(planes, toYuv);
      case 'ycbcr':
        return mixed(planes, toYcbcr).map((plane, i) => plane.add(i === 0 ? 16 : 128));
      case 'ydbdr':
        return mixed(planes, toYdbdr);
      case 'hsv': {
        const {turn, chroma, value} = hexagon(planes);
        return [turn.sub(turn.floor()), chroma.div(tf.maximum(value, 1e-12)), value];
      }
      default:
        return space satisfies never;
    }
  });
}

const mixed = (planes: Planes, matrix: Matrix): Planes =>
  matrix.map(row => tf.addN(planes.map((plane, i) => plane.mul<tf.Tensor2D>(row[i]!))));

/** Light that a level of sRGB stands for. */
const linear = (plane: tf.Tensor2D): tf.Tensor2D =>
  tf.where(plane.greater(0.04045), plane.add(0.055).div(1.055).pow(2.4), plane.div(12.92)) as tf.Tensor2D;

function lab(xyz: Planes): Planes {
  const [fx, fy, fz] = xyz.map((plane, i) => {
    const share = plane.div(WHITE[i]!);
    return tf.where(share.greater(0.008856), share.pow(1 / 3), share.mul(7.787).add(16 / 116)) as tf.Tensor2D;
  }) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  return [fy.mul(116).sub(16), fx.sub(fy).mul(500), fy.sub(fz).mul(200)];
}
