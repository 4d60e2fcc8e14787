// The strength of the color jitter as a dial: how often the colors alone tell which two crops are
// of one image. Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual
// Representations", arXiv:2002.05709, sec. 3.2.

import {colorShortcut, type ColorShortcut} from '../../analysis/colorShortcut';
import {check} from '../../check';
import type {Dataset} from '../../datasets/dataset';
import {subset} from '../../datasets/subset';
import {fold, key, split} from '../../engine/random';
import {tf} from '../../engine/tf';
import {batches} from '../../embedding/batches';
import {colorJitter} from '../../views/colorJitter';
import {compose} from '../../views/compose';
import {randomResizedCrop} from '../../views/crop';
import {defaultSeeds} from '../../study/study';

/** One drawing of views: a strength, a seed, and how far the colors lead. */
export type ColorShortcutRow = ColorShortcut & {
  dataset: string;
  /** s of SimCLR's color jitter; 0: crops alone. */
  strength: number;
  seed: number;
  /** Number of images among whose views the right one is to be found; chance is 1 over it. */
  images: number;
};

/** Options of {@link colorShortcutStudy}. */
export interface ColorShortcutStudyOptions {
  dataset: Dataset;
  /**
   * s: brightness, contrast and saturation by 0.8·s, hue by 0.2·s.
   * @default [0, 1/8, 1/4, 1/2, 1], those of the paper and none
   */
  strengths?: readonly number[];
  /**
   * Of each come the views; a seed has the same crops at every strength.
   * @default {@link defaultSeeds}
   */
  seeds?: readonly number[];
  /** How many images of the pretrain split, evenly spaced. @default 256 */
  images?: number;
  /** Smallest and largest share of an image that a crop shows. @default [0.08, 1] */
  area?: readonly [minimum: number, maximum: number];
  signal?: AbortSignal;
}

/**
 * Yields a row for each seed at each strength. Every view is jittered, none is gray or flipped, so
 * that nothing but the strength changes (SimCLR jitters 80 % of its views and grays 20 %).
 *
 * @throws RangeError when a strength is negative or above 2.5 (half a turn of hue), or there are
 * fewer images; the signal's reason.
 */
export async function* colorShortcutStudy({
  dataset,
  strengths = [0, 1 / 8, 1 / 4, 1 / 2, 1],
  seeds = defaultSeeds,
  images: n = 256,
  area = [0.08, 1],
  signal,
}: ColorShortcutStudyOptions): AsyncGenerator<ColorShortcutRow, void, undefined> {
  check(
    strengths.every(s => s >= 0 && s <= 2.5),
    'colorShortcutStudy',
    `expected strengths from 0 to 2.5, got ${strengths}`,
  );
  check(
    n <= dataset.splits.pretrain.length,
    'colorShortcutStudy',
    `expected at most ${dataset.splits.pretrain.length} images, those of the pretrain split of ` +
      `${dataset.name}, got ${n}`,
  );
  const {images} = await batches(batch => ({images: batch}), dataset, subset(dataset, {pretrain: n}).splits.pretrain, {
    signal,
  });
  const crop = randomResizedCrop({size: [dataset.shape[1], dataset.shape[2]], area});
  try {
    for (const seed of seeds)
      for (const strength of strengths) {
        const view =
          strength === 0
            ? compose({crop})
            : compose({
                crop,
                jitter: colorJitter({
                  brightness: 0.8 * strength,
                  contrast: 0.8 * strength,
                  saturation: 0.8 * strength,
                  hue: 0.2 * strength,
                }),
              });
        const [first, second] = tf.tidy(() => split(fold(key(seed), 'views'), 2).map(k => view(images, k))) as [
          tf.Tensor4D,
          tf.Tensor4D,
        ];
        try {
          yield {dataset: dataset.name, strength, seed, images: n, ...(await colorShortcut(first, second, {signal}))};
        } finally {
          tf.dispose([first, second]);
        }
      }
  } finally {
    images.dispose();
  }
}
