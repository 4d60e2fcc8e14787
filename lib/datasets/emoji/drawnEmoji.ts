// Drawn emoji: the same 1,563 emoji in five drawings by four hands, rendered from npm packages.
// Labeled by Unicode's subcategories, split by family.

import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import {check} from '../../check';
import {channelStatistics} from '../channelStatistics';
import {concurrently} from '../concurrently';
import type {LoadedDataset} from '../dataset';
import {familyOf} from './emojiFamilies';
import type {Emoji} from './emojiFamilies';
import {drawings, emojiSources, sourceVersions} from './emojiSources';
import {dataFolder} from '../files/folder';
import {loadRendered, prepareRendered, type RenderedOptions, type RenderedSet} from '../rendered';
import {sidesOf} from '../sides';

/** Image i shows emoji ⌊i / 5⌋ in drawing i mod 5. */
export interface DrawnEmoji extends LoadedDataset {
  /** What is drawn. */
  emoji: readonly Emoji[];
  /** [n] number of the emoji that each image shows. */
  emojiOf: Int32Array;
  /** [n] number of the drawing, 0 to 4. */
  drawings: Int32Array;
  drawingNames: readonly string[];
  /**
   * [n] number of the hand, 0 to 3: Fluent flat and Fluent 3D are two drawings of one design. Hold
   * both out together.
   */
  hands: Int32Array;
  handNames: readonly string[];
  /**
   * Every image of a test family, also those without a label: no encoder has seen these emoji,
   * whoever drew them.
   */
  heldOut: Int32Array;
  families: Int32Array;
  captions: readonly string[];
}

/** Options of {@link drawnEmoji}. */
export type DrawnEmojiOptions = RenderedOptions;

/** Subcategories with so many emoji are classes; images of smaller ones have the label −1. */
const smallestClass = 20;

/**
 * The number was chosen by the sizes of the sides alone, before anything was measured: 316 emoji
 * are held out, of them 189 of the 933 with a label.
 */
const split = {shares: {test: 1 / 5, validation: 1 / 10}, seed: 'drawn emoji, split 13'};

const white = '#ffffff';

const set: RenderedSet<{emoji: Emoji[]}> = {
  name: 'drawn-emoji',
  caller: 'drawnEmoji',
  what: `${drawings.length} drawings of each`,
  recipe: 1,
  versions: sourceVersions,
  count: ({emoji}) => emoji.length * drawings.length,
  async render(progress) {
    const {emoji, source, checksum} = emojiSources();
    const n = emoji.length * drawings.length;
    const images = new Uint8Array(n * 64 * 64 * 3);
    const threads = sharp.concurrency();
    sharp.concurrency(1); // many small images: one thread each, several images at a time
    try {
      let done = 0;
      await concurrently(n, os.availableParallelism() + 1, async i => {
        const pixels = await draw(source(Math.floor(i / drawings.length), i % drawings.length), 64);
        check(
          pixels.length === 64 * 64 * 3,
          'prepareDrawnEmoji',
          `expected 64 × 64 × 3 bytes of ${emoji[Math.floor(i / drawings.length)]!.name} by ` +
            `${drawings[i % drawings.length]!.name}, got ${pixels.length}`,
        );
        images.set(pixels, i * pixels.length);
        done++;
        progress(() => `${done} of ${n} drawings`);
      });
    } finally {
      sharp.concurrency(threads);
    }
    return {images, checksum: checksum(), facts: {emoji}};
  },
};

/**
 * One drawing as size × size × 3 bytes, transparency over white. An SVG is rendered at that size, a
 * WebP is scaled down antialiased.
 */
async function draw(source: Buffer, size: number): Promise<Buffer> {
  const svg = source.indexOf('<svg ');
  const input =
    svg < 0
      ? source
      : Buffer.concat([
          source.subarray(0, svg),
          Buffer.from(`<svg width="${size}" height="${size}" `),
          source.subarray(svg + 5),
        ]);
  return sharp(input)
    .flatten({background: white})
    .resize(size, size, {fit: 'contain', background: white})
    .raw()
    .toBuffer();
}

/**
 * Renders all drawings in both sizes into the folder of data, once: less than a minute on 2 cores,
 * 120 MB. Returns at once when they are there and made of the installed packages. Files appear
 * whole or not at all; an interrupted call leaves nothing that a later one would take for finished.
 */
export async function prepareDrawnEmoji(options: Omit<DrawnEmojiOptions, 'size'> = {}): Promise<void> {
  await prepareRendered(set, options);
}

/**
 * Loads the drawn emoji, rendered first when they are missing. 7,815 images: 1,563 emoji, five
 * drawings each; 933 emoji in 28 classes have a label.
 *
 * The split is fixed: a fifth of each class's emoji is for the test, a tenth for validation,
 * families whole (see sidesOf). Pre-training sees all images outside the test families, those
 * without a label and those of the validation too.
 *
 * @throws RangeError when the size is neither 32 nor 64.
 *
 * @example
 * ```ts
 * import {drawnEmoji, imagesAt, show, tf} from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 32});
 * const {
 *   name,
 *   classes,
 *   splits: {pretrain},
 * } = dataset;
 * console.log(name, classes, pretrain.length);
 * await show(
 *   tf.tensor4d(await imagesAt(dataset, pretrain.slice(0, 16)), [16, 32, 32, 3], 'int32'),
 * );
 * ```
 */
export async function drawnEmoji({
  size = 32,
  log = console.log,
  folder = dataFolder(),
}: DrawnEmojiOptions = {}): Promise<DrawnEmoji> {
  const {
    images,
    record: {emoji, checksum},
  } = await loadRendered(set, {size, log, folder});
  const per = drawings.length;
  const n = emoji.length * per;
  const shape = [n, size, size, 3] as const;
  const members = new Map<string, number>();
  for (const {subcategory} of emoji) members.set(subcategory, (members.get(subcategory) ?? 0) + 1);
  const classes = [...members].filter(([, count]) => count >= smallestClass).map(([name]) => name);
  const labelOf = emoji.map(({subcategory}) => classes.indexOf(subcategory));
  const familyNames = emoji.map(({codePoints}) => familyOf(codePoints));
  const familyNumbers = new Map([...new Set(familyNames)].map((name, number) => [name, number]));
  const sideOf = sidesOf(
    familyNames,
    emoji.map(({category, subcategory}, i) => (labelOf[i]! < 0 ? `others of ${category}` : subcategory)),
    split,
  );

  const perImage = (value: (emoji: number, drawing: number) => number) =>
    Int32Array.from({length: n}, (_, i) => value(Math.floor(i / per), i % per));
  const emojiOf = perImage(e => e);
  const where = (test: (emoji: number) => boolean) => perImage((e, d) => e * per + d).filter(i => test(emojiOf[i]!));
  const labeled = (side: string) => where(e => sideOf[e] === side && labelOf[e]! >= 0);
  const splits = {
    pretrain: where(e => sideOf[e] !== 'test'),
    train: labeled('train'),
    validation: labeled('validation'),
    test: labeled('test'),
  };
  const handNames = [...new Set(drawings.map(({hand}) => hand))];
  return {
    name: `drawn-emoji-${size}`,
    images,
    shape,
    labels: perImage(e => labelOf[e]!),
    classes,
    splits,
    families: perImage(e => familyNumbers.get(familyNames[e]!)!),
    captions: Array.from(emojiOf, e => emoji[e]!.name),
    emoji,
    emojiOf,
    drawings: perImage((_, d) => d),
    drawingNames: drawings.map(({name}) => name),
    hands: perImage((_, d) => handNames.indexOf(drawings[d]!.hand)),
    handNames,
    heldOut: where(e => sideOf[e] === 'test'),
    ...channelStatistics(images, shape, splits.pretrain),
    license: [...new Set(drawings.map(({hand, license}) => `${license} (${hand})`))].join(', '),
    credit: `Emoji drawn by ${[...new Set(drawings.map(({credit}) => credit))].join('; ')}`,
    checksum,
    origin: {loader: 'drawnEmoji', options: {folder: path.resolve(folder), size}},
  };
}
