// Masks on real images: what an encoder sees of them, strategy by strategy.

import {check} from '../check';
import {tf} from '../engine/tf';
import {drawMasks} from '../masks/drawMasks';
import type {Grid, Masks, MaskStrategy, TargetMasks} from '../masks/masks';
import type {Figure} from './figure';
import {imageGrid} from './imageGrid';
import {pictures} from './pictures';
import {count, sentences} from './texts';
import {mark} from './theme';

/** Options of {@link previewMasks}. */
export interface PreviewMasksOptions {
  /** Of the masks. @default 0 */
  seed?: number;
  /** [n, l] of a teacher on the images, for strategies that ask for it. */
  attention?: tf.Tensor2D;
  /** What each image shows. @default nothing */
  labels?: readonly string[];
  /** Above the figure. @default 'What masks hide' */
  title?: string;
  /** Whom to credit for the images. */
  credits?: readonly string[];
}

/** Of a masked token, in [0, 1]. */
const HIDDEN = 0.78;
/** How much of its color a target's tokens have. */
const TINT = 0.55;

/**
 * One row a strategy, under the images themselves: masked tokens are gray, those of targets are
 * seen through a color, a color for each set. Under each picture stands the share that is masked.
 *
 * @param images [n, h, w, c] in [0, 1], c 1 or 3. h and w are multiples of each strategy's grid.
 * @param strategies By the name of their row, at any ratio.
 * @throws RangeError when a grid does not divide the images, or a strategy asks for attention and
 * there is none.
 */
export async function previewMasks(
  images: tf.Tensor4D,
  strategies: Readonly<Record<string, MaskStrategy<Record<string, tf.Tensor>>>>,
  options: PreviewMasksOptions = {},
): Promise<Figure> {
  const {seed = 0, attention, labels, title = 'What masks hide', credits} = options;
  const [n] = images.shape;
  const rows = await Promise.all(
    Object.entries(strategies).map(async ([name, strategy]) => {
      const {picture, shares, targets} = tf.tidy(() => {
        const masks = drawMasks(strategy, n, seed, {view: images, ...(attention && {attention})});
        return {
          picture: maskedImages(images, masks, strategy.grid),
          shares: masks.masked.mean(1),
          targets: 'targets' in masks,
        };
      });
      try {
        const texts = Array.from(shares.dataSync(), share => `${Math.round(100 * share)} %`);
        return {name, targets, cells: await pictures(picture, texts)};
      } finally {
        tf.dispose([picture, shares]);
      }
    }),
  );
  const names = rows.map(({name}) => name);
  return imageGrid([await pictures(images, labels), ...rows.map(({cells}) => cells)], {
    title,
    credits,
    rowNames: ['image', ...names],
    subtitle: `${count(n, 'image')}; under each picture the share of tokens that are masked`,
    name: 'masks',
    caption: sentences(
      `${title}: each row shows what is left of the images under one strategy (${names.join(', ')}), and in percent ` +
        'how much is masked.',
      rows.some(({targets}) => targets) &&
        'Colors show sets of tokens that are asked for apart; where sets overlap, the last one.',
    ),
  });
}

/**
 * @param masks Of a strategy with this grid.
 * @returns [n, h, w, 3] in [0, 1]: masked tokens gray, those of targets tinted.
 * @throws RangeError when the grid does not divide the images.
 */
export function maskedImages(images: tf.Tensor4D, masks: Masks | TargetMasks, [rows, columns]: Grid): tf.Tensor4D {
  const [n, h, w, c] = images.shape;
  const fit = h % rows === 0 && w % columns === 0;
  check(
    fit,
    'maskedImages',
    `expected images that a grid of ${rows} × ${columns} tokens divides, got ${h} × ${w} pixels`,
  );
  return tf.tidy(() => {
    const side = {h: h / rows, w: w / columns};
    const inPixels = (tokens: tf.Tensor) => {
      const grid = tokens.reshape([n, rows, 1, columns, 1]);
      return grid.tile([1, 1, side.h, 1, side.w]).reshape([n, h, w, 1]); // [n, l] → [n, h, w, 1]
    };
    const colored = c === 1 ? images.tile([1, 1, 1, 3]) : images;
    let seen: tf.Tensor = tf.where(inPixels(masks.masked).greater(0), HIDDEN, colored);
    if ('targets' in masks) {
      const {targets, targetsValid} = masks;
      tf.unstack(targets, 1).forEach((set, i) => {
        const counts = targetsValid ? targetsValid.slice([0, i, 0], [n, 1, -1]).reshape([n, -1, 1]) : 1;
        const own = tf
          .oneHot(set as tf.Tensor2D, rows * columns)
          .toFloat()
          .mul(counts)
          .max(1); // [n, l]
        const tinted = colored.mul(1 - TINT).add(tf.mul(rgb(mark(i).color), TINT));
        seen = tf.where(inPixels(own).greater(0), tinted, seen);
      });
    }
    return seen as tf.Tensor4D;
  });
}

/** '#RRGGBB' in [0, 1]. */
const rgb = (color: string) => tf.tensor1d([1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16) / 255));
