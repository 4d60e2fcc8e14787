// Drawn emoji: the same 1,563 emoji in five drawings by four hands, rendered from npm packages. Labelled by Unicode's subcategories, split by family.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import {check} from '../check';
import {channelStatistics} from './channelStatistics';
import {concurrently} from './concurrently';
import type {LoadedDataset} from './dataset';
import {familyOf} from './emojiFamilies';
import type {Emoji} from './emojiFamilies';
import {drawings, emojiSources, sourceVersions} from './emojiSources';
import {dataFolder} from './folder';
import {readableBytes} from './memory';
import {writeWhole} from '../writeWhole';
import {sidesOf} from './sides';

export type EmojiSize = 32 | 64;

/** Image i shows emoji ⌊i / 5⌋ in drawing i mod 5. */
export interface DrawnEmoji extends LoadedDataset {
  /** What is drawn. */
  emoji: readonly Emoji[];
  /** [n] number of the emoji that each image shows. */
  emojiOf: Int32Array;
  /** [n] number of the drawing, 0 to 4. */
  drawings: Int32Array;
  drawingNames: readonly string[];
  /** [n] number of the hand, 0 to 3: Fluent flat and Fluent 3D are two drawings of one design. Hold both out together. */
  hands: Int32Array;
  handNames: readonly string[];
  /** Every image of a test family, also those without a label: no encoder has seen these emoji, whoever drew them. */
  heldOut: Int32Array;
  families: Int32Array;
  captions: readonly string[];
}

export interface DrawnEmojiOptions {
  /** Side in pixels. @default 32 */
  size?: EmojiSize;
  /** Is told how preparing goes, a line at a time. @default console.log */
  log?: (line: string) => void;
  /** Where the rendered images lie. @default data/ of the project, see dataFolder */
  folder?: string;
}

/** Subcategories with so many emoji are classes; images of smaller ones have the label −1. */
const smallestClass = 20;

/** The number was chosen by the sizes of the sides alone, before anything was measured: 316 emoji are held out, of them 189 of the 933 with a label. */
const split = {shares: {test: 1 / 5, validation: 1 / 10}, seed: 'drawn emoji, split 13'};

/** Counts up when the same sources are rendered otherwise. */
const recipe = 1;

/** What lies beside the rendered images. */
type Rendered = {recipe: number; versions: {[name: string]: string}; checksum: string; renderer: string; emoji: Emoji[]};

const sizes = [32, 64] as const;
const white = '#ffffff';
const files = (folder: string) => {
  const at = path.join(folder, 'drawn-emoji');
  return {folder: at, record: path.join(at, 'drawn-emoji.json'), images: (size: EmojiSize) => path.join(at, `${size}px.uint8`)};
};

/** The record when the images beside it are whole and made of the installed packages. */
function prepared(folder: string): Rendered | undefined {
  const at = files(folder);
  if (!fs.existsSync(at.record)) return undefined;
  const record = JSON.parse(fs.readFileSync(at.record, 'utf8')) as Rendered;
  const whole = sizes.every(size => fs.existsSync(at.images(size)) && fs.statSync(at.images(size)).size === record.emoji.length * drawings.length * size * size * 3);
  const same = record.recipe === recipe && Object.entries(sourceVersions()).every(([name, version]) => record.versions[name] === version);
  return whole && same ? record : undefined;
}

/** One drawing as size × size × 3 bytes, transparency over white. An SVG is rendered at that size, a WebP is scaled down antialiased. */
async function render(source: Buffer, size: number): Promise<Buffer> {
  const svg = source.indexOf('<svg ');
  const input = svg < 0 ? source : Buffer.concat([source.subarray(0, svg), Buffer.from(`<svg width="${size}" height="${size}" `), source.subarray(svg + 5)]);
  return sharp(input).flatten({background: white}).resize(size, size, {fit: 'contain', background: white}).raw().toBuffer();
}

/** Each pixel the mean of 2 × 2, so that both sizes come from one rendering. */
function halve(from: Uint8Array, side: number, to: Uint8Array): void {
  const row = side * 3;
  let at = 0;
  for (let y = 0; y < side; y += 2) for (let x = 0; x < side; x += 2) for (let c = 0; c < 3; c++) {
    const i = y * row + x * 3 + c;
    to[at++] = (from[i]! + from[i + 3]! + from[i + row]! + from[i + row + 3]! + 2) >> 2;
  }
}

/**
 * Renders all drawings in both sizes into the folder of data, once: less than a minute on 2 cores, 120 MB. Returns at once when they are there and made of
 * the installed packages. Files appear whole or not at all; an interrupted call leaves nothing that a later one would take for finished.
 */
export async function prepareDrawnEmoji({log = console.log, folder = dataFolder()}: Omit<DrawnEmojiOptions, 'size'> = {}): Promise<void> {
  if (!prepared(folder)) await renderAll(folder, log);
}

async function renderAll(folder: string, log: (line: string) => void): Promise<Rendered> {
  const at = files(folder);
  log(`drawn emoji: rendering ${drawings.length} drawings of each into ${at.folder}, once`);
  const {emoji, source, checksum} = emojiSources();
  const n = emoji.length * drawings.length;
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(0);
  const [small, large] = sizes.map(size => new Uint8Array(n * size * size * 3)) as [Uint8Array, Uint8Array];
  const threads = sharp.concurrency();
  sharp.concurrency(1);   // many small images: one thread each, several images at a time
  try {
    let done = 0;
    let said = performance.now();
    await concurrently(n, os.availableParallelism() + 1, async i => {
      const pixels = await render(source(Math.floor(i / drawings.length), i % drawings.length), 64);
      check(pixels.length === 64 * 64 * 3, 'prepareDrawnEmoji', `expected 64 × 64 × 3 bytes of ${emoji[Math.floor(i / drawings.length)]!.name} by ${drawings[i % drawings.length]!.name}, got ${pixels.length}`);
      large.set(pixels, i * pixels.length);
      halve(pixels, 64, small.subarray(i * 32 * 32 * 3));
      done++;
      if (performance.now() - said > 5000) {
        log(`drawn emoji: ${done} of ${n} drawings, ${seconds()} s`);
        said = performance.now();
      }
    });
  } finally {
    sharp.concurrency(threads);
  }
  const record: Rendered = {recipe, versions: sourceVersions(), checksum: checksum(), renderer: `sharp ${sharp.versions.sharp}, librsvg ${sharp.versions.rsvg}`, emoji};
  try {
    await fs.promises.mkdir(at.folder, {recursive: true});
    await fs.promises.rm(at.record, {force: true});   // first the old record goes and last the new one comes: images never lie beside a record of others
    await writeWhole(at.images(32), [small]);
    await writeWhole(at.images(64), [large]);
    await writeWhole(at.record, [JSON.stringify(record)]);
  } catch (error) {
    throw new Error(`drawnEmoji: expected ${readableBytes(small.length + large.length)} to be written to ${at.folder}, got ${(error as Error).message}; make room, or set SSL_DATA to another folder`, {cause: error});
  }
  log(`drawn emoji: ready after ${seconds()} s, ${readableBytes(small.length + large.length)}`);
  return record;
}

/**
 * Loads the drawn emoji, rendered first when they are missing. 7,815 images: 1,563 emoji, five drawings each; 933 emoji in 28 classes have a label.
 *
 * The split is fixed: a fifth of each class's emoji is for the test, a tenth for validation, families whole (see sidesOf). Pre-training sees
 * all images outside the test families, those without a label and those of the validation too.
 *
 * @throws RangeError when the size is neither 32 nor 64.
 */
export async function drawnEmoji({size = 32, log = console.log, folder = dataFolder()}: DrawnEmojiOptions = {}): Promise<DrawnEmoji> {
  check(sizes.includes(size), 'drawnEmoji', `expected size 32 or 64, got ${size}`);
  const {emoji, checksum} = prepared(folder) ?? await renderAll(folder, log);
  const images: Uint8Array = await fs.promises.readFile(files(folder).images(size));
  const per = drawings.length;
  const n = emoji.length * per;
  const shape = [n, size, size, 3] as const;
  const members = new Map<string, number>();
  for (const {subcategory} of emoji) members.set(subcategory, (members.get(subcategory) ?? 0) + 1);
  const classes = [...members].filter(([, count]) => count >= smallestClass).map(([name]) => name);
  const labelOf = emoji.map(({subcategory}) => classes.indexOf(subcategory));
  const familyNames = emoji.map(({codePoints}) => familyOf(codePoints));
  const familyNumbers = new Map([...new Set(familyNames)].map((name, number) => [name, number]));
  const sideOf = sidesOf(familyNames, emoji.map(({category, subcategory}, i) => (labelOf[i]! < 0 ? `others of ${category}` : subcategory)), split);

  const perImage = (value: (emoji: number, drawing: number) => number) => Int32Array.from({length: n}, (_, i) => value(Math.floor(i / per), i % per));
  const emojiOf = perImage(e => e);
  const where = (test: (emoji: number) => boolean) => perImage((e, d) => e * per + d).filter(i => test(emojiOf[i]!));
  const labelled = (side: string) => where(e => sideOf[e] === side && labelOf[e]! >= 0);
  const splits = {pretrain: where(e => sideOf[e] !== 'test'), train: labelled('train'), validation: labelled('validation'), test: labelled('test')};
  const handNames = [...new Set(drawings.map(({hand}) => hand))];
  return {
    name: `drawn-emoji-${size}`, images, shape, labels: perImage(e => labelOf[e]!), classes, splits,
    families: perImage(e => familyNumbers.get(familyNames[e]!)!), captions: Array.from(emojiOf, e => emoji[e]!.name),
    emoji, emojiOf, drawings: perImage((_, d) => d), drawingNames: drawings.map(({name}) => name),
    hands: perImage((_, d) => handNames.indexOf(drawings[d]!.hand)), handNames, heldOut: where(e => sideOf[e] === 'test'),
    ...channelStatistics(images, shape, splits.pretrain),
    licence: [...new Set(drawings.map(({hand, licence}) => `${licence} (${hand})`))].join(', '),
    credit: `Emoji drawn by ${[...new Set(drawings.map(({credit}) => credit))].join('; ')}`,
    checksum, origin: {loader: 'drawnEmoji', options: {folder: path.resolve(folder), size}},
  };
}
