// RandAugment: some changes of a list, each image's own, all as strong as one number says.
// Cubuk et al. 2020, "RandAugment: Practical Automated Data Augmentation with a Reduced Search
// Space", arXiv:1909.13719; the list and its strengths are those of HobbitLong/PyContrast,
// pycontrast/datasets/RandAugment.py, which InfoMin uses (after timm's): each of the n changes is
// left out half of the time, and may be drawn twice. Differs from their code: values are not
// rounded to whole levels after each change, and between pixels are bilinear, never bicubic
// (theirs: either, drawn).

import {check, whole} from '../check';
import {chooseRows} from '../engine/chooseRows';
import {clip} from '../engine/clip';
import {fold, normal, split, uniform} from '../engine/random';
import {tf} from '../engine/tf';
import type {Key} from '../module';
import {adjustBrightness, adjustContrast, adjustSaturation} from './color';
import {adjustSharpness} from './sharpness';
import {autoContrast, equalize, invert, posterize, solarizeAdd, solarizeFrom} from './tones';
import type {View} from './view';
import {warp} from './warp';

/** In the order of PyContrast's list; each as likely. */
export const changes = [
  'autoContrast',
  'equalize',
  'invert',
  'rotate',
  'posterize',
  'solarize',
  'solarizeAdd',
  'color',
  'contrast',
  'brightness',
  'sharpness',
  'shearX',
  'shearY',
  'translateX',
  'translateY',
] as const;

export type Change = (typeof changes)[number];

/** Options of {@link randAugment}. */
export interface RandAugmentOptions {
  /** n, changes one after the other, from 0. @default 2 */
  count?: number;
  /** m, the dial of strength, 0 to 10. @default 10 */
  magnitude?: number;
  /**
   * Standard deviation of the magnitude, drawn for each change and held within 0 to 10; from 0.
   * @default 0.5
   */
  deviation?: number;
  /** Share of the changes that are made, 0 to 1. @default 0.5 */
  probability?: number;
  /** Color of what comes from outside the image, per channel. @default gray, 128/255 */
  fill?: readonly number[];
}

/** A {@link View}. @throws RangeError when an option is outside its range. */
export function randAugment({
  count = 2,
  magnitude = 10,
  deviation = 0.5,
  probability = 0.5,
  fill,
}: RandAugmentOptions = {}): View {
  whole('randAugment', 'count', count, 0);
  check(magnitude >= 0 && magnitude <= 10, 'randAugment', `expected a magnitude from 0 to 10, got ${magnitude}`);
  check(deviation >= 0 && Number.isFinite(deviation), 'randAugment', `expected a deviation from 0, got ${deviation}`);
  check(probability >= 0 && probability <= 1, 'randAugment', `expected a probability from 0 to 1, got ${probability}`);
  const once = (images: tf.Tensor4D, key: Key) =>
    tf.tidy(() => {
      // a tidy of its own: the copies of one change are a lot of memory
      const [which, whether, strength, sign] = split(key, 4);
      const n = images.shape[0];
      const drawn = uniform(which!, [n])
        .mul(changes.length)
        .floor()
        .minimum(changes.length - 1);
      const chosen = tf.where(uniform(whether!, [n]).less(probability), drawn, tf.fill([n], -1)) as tf.Tensor1D;
      const level = clip(normal(strength!, [n]).mul(deviation).add<tf.Tensor1D>(magnitude), 0, 10).div<tf.Tensor1D>(10);
      return change(
        images,
        chosen,
        level,
        uniform(sign!, [n]).less(0.5).cast('float32').mul(2).sub(1),
        fill ?? Array<number>(images.shape[3]).fill(128 / 255),
      );
    });
  return (images, key) =>
    tf.tidy(() => Array.from({length: count}, (_, i) => fold(key, i)).reduce(once, images.clone()));
}

/**
 * One change of each image.
 *
 * @param images [n, h, w, c] in [0, 1], c = 1 or 3.
 * @param chosen [n] places in {@link changes}, float32; −1 leaves the image as it is.
 * @param level [n] 0 to 1, the magnitude over 10: 30° of a turn, a shear of 0.3, 45 % of a side, a
 * factor of 0.1 to 1.9 for the four of color and sharpness, 0 to 4 bits kept, a threshold of 0 to
 * 256, 0 to 110 levels added.
 * @param sign [n] −1 or 1, of turns, shears and moves.
 * @param fill [c]
 * @returns Shape of `images`, in [0, 1].
 */
export function change(
  images: tf.Tensor4D,
  chosen: tf.Tensor1D,
  level: tf.Tensor1D,
  sign: tf.Tensor1D,
  fill: readonly number[],
): tf.Tensor4D {
  const [, h, w] = images.shape;
  return tf.tidy(() => {
    const is = (name: Change) => chosen.equal(changes.indexOf(name)) as tf.Tensor1D;
    const only = (name: Change, value: tf.Tensor) => is(name).cast('float32').mul<tf.Tensor1D>(value);
    const factor = (name: Change) => only(name, level.mul(1.8).sub(0.9)).add<tf.Tensor1D>(1);
    const amount = level.mul(sign);
    // the map leads from the result to the image: the other way round
    const angle = only('rotate', amount.mul((-30 * Math.PI) / 180));
    const [cosine, sine] = [angle.cos(), angle.sin()];
    const rest = tf.sub(1, cosine);
    const map = tf.stack(
      [
        cosine,
        sine.add(only('shearX', amount.mul(0.3))),
        rest
          .mul(w / 2)
          .sub(sine.mul(h / 2))
          .add(only('translateX', amount.mul(0.45 * w))),
        only('shearY', amount.mul(0.3)).sub(sine),
        cosine,
        rest
          .mul(h / 2)
          .add(sine.mul(w / 2))
          .add(only('translateY', amount.mul(0.45 * h))),
      ],
      1,
    ) as tf.Tensor2D;
    const steps: ((x: tf.Tensor4D) => tf.Tensor4D)[] = [
      x => warp(x, map, fill),
      x => adjustSaturation(x, factor('color')),
      x => adjustContrast(x, factor('contrast')),
      x => adjustBrightness(x, factor('brightness')),
      x => adjustSharpness(x, factor('sharpness')),
      x => chooseRows(is('autoContrast'), autoContrast(x), x),
      x => chooseRows(is('equalize'), equalize(x), x),
      x => chooseRows(is('invert'), invert(x), x),
      x => chooseRows(is('posterize'), posterize(x, level.mul<tf.Tensor1D>(4).floor()), x),
      x => chooseRows(is('solarize'), solarizeFrom(x, level.mul<tf.Tensor1D>(256).floor()), x),
      x => chooseRows(is('solarizeAdd'), solarizeAdd(x, level.mul<tf.Tensor1D>(110).floor()), x),
    ];
    return steps.reduce((x, step) => tf.tidy(() => step(x)), images.clone());
  });
}
