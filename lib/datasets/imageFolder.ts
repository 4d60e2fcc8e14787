// A folder of images as a data set: one sub-folder a class, or none. Images may have any size,
// proportions and format, and be more than the memory holds.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {check} from '../check';
import {interruptSignal} from '../interrupt';
import {channelSums, statisticsOf} from './channelStatistics';
import {concurrently} from './concurrently';
import type {Dataset} from './dataset';
import {decodeImage, formats, isImage, UnreadableImage} from './files/images';
import type {Fit} from './files/images';
import {checkMemory, freeMemory, readableBytes} from './memory';
import {sidesOf} from './sides';
import {storedImages} from './files/storedImages';

/** Options of {@link imageFolder}. */
export interface ImageFolderOptions {
  /** Side of the stored images in pixels. */
  size: number;
  /** How images that are not square become so. @default 'crop' */
  fit?: Fit;
  /**
   * Leaves the images in their files, which are decoded again each time that training or evaluation
   * asks for them: for folders that do not fit in memory. Images, splits and numbers of a training
   * are the same.
   * @default only when the images need more than half of the memory that is free
   */
  stream?: boolean;
  /**
   * Leaves out images that cannot be read, and lists them, instead of stopping at the first.
   * @default false
   */
  skipBroken?: boolean;
  /** Another seed gives another split. @default 0 */
  seed?: number;
  /** Shares of each class that are held out, 0 to 1. @default {validation: 0.1, test: 0.2} */
  shares?: {validation: number; test: number};
  /** @default the folder's name */
  name?: string;
  /** @default 'not stated' */
  license?: string;
  /** @default 'not stated' */
  credit?: string;
  /** Is told how it goes, what is left out and why, a line at a time. @default console.log */
  log?: (line: string) => void;
  signal?: AbortSignal;
}

export interface ImageFolder extends Dataset {
  /** [n] path of each image inside the folder. */
  files: readonly string[];
  /** Images that were left out because they cannot be read. */
  skipped: readonly {file: string; reason: string}[];
  families: Int32Array;
}

// not by locale: the same order everywhere
const byName = (a: string, b: string) => (a < b ? -1 : 1);

/**
 * Loads a folder of images. Its sub-folders are the classes, in the order of their names; images
 * may lie deeper inside them. Without sub-folders all labels are −1 and the splits hold unlabeled
 * images, for losses and metrics that need no label. Hidden folders are left alone.
 *
 * Each image is decoded once here, also when it stays in its file: that finds the broken ones and
 * gives mean and standard deviation.
 *
 * The split depends on the bytes of the files and the seed: copies of one image are a family and
 * stand on one side, whatever they are called.
 *
 * @throws RangeError when there is no such folder, no image in it, a class with fewer than two
 * different images, an image that cannot be read (unless `skipBroken`), or, with `stream: false`,
 * more than fits in memory; the signal's reason.
 *
 * @example
 * ```ts
 * import {imageFolder} from 'ssl-workbench';
 * // photos/cat/1.jpg, photos/dog/2.png …
 * const dataset = await imageFolder('photos', {size: 64, skipBroken: true});
 * console.log(dataset.classes, dataset.splits.train.length, dataset.skipped);
 * ```
 */
export async function imageFolder(folder: string, options: ImageFolderOptions): Promise<ImageFolder> {
  const {
    size,
    fit = 'crop',
    skipBroken = false,
    seed = 0,
    shares = {validation: 0.1, test: 0.2},
    name = path.basename(path.resolve(folder)),
    license = 'not stated',
    credit = 'not stated',
    log = console.log,
    signal = interruptSignal(),
  } = options;
  check(
    Number.isInteger(size) && size >= 1,
    'imageFolder',
    `expected size as a whole number of pixels from 1, got ${size}`,
  );
  check(
    shares.validation >= 0 && shares.test >= 0 && shares.validation + shares.test < 1,
    'imageFolder',
    `expected shares from 0 that leave some for training, got ${shares.validation} for validation and ` +
      `${shares.test} for the test`,
  );
  const {files: listed, classes} = list(folder, log);
  const bytes = size * size * 3;
  const all = listed.length * bytes;
  const stream = options.stream ?? all > freeMemory() / 2;
  const what = `${listed.length} of ${size} × ${size} pixels in ${folder}`;
  checkMemory(bytes, 'imageFolder', `one of ${size} × ${size} pixels`, 'choose a smaller size');
  if (!stream)
    checkMemory(all, 'imageFolder', what, 'leave them in their files with stream: true, or choose a smaller size');
  else if (options.stream === undefined)
    log(
      `${folder}: ${what} need ${readableBytes(all)} of ${readableBytes(freeMemory())} free memory: they ` +
        'stay in their files and are decoded while training, which is slower; a smaller size would keep them ' +
        'in memory',
    );

  const pixels = stream ? undefined : new Uint8Array(all);
  const sums: Float64Array[] = [];
  const digests: (string | undefined)[] = new Array<undefined>(listed.length);
  const skipped: {file: string; reason: string}[] = [];
  let [done, said] = [0, performance.now()];
  await concurrently(listed.length, os.availableParallelism() + 1, async i => {
    signal.throwIfAborted();
    const file = listed[i]!;
    const source = await fs.promises.readFile(path.join(folder, file));
    try {
      const {pixels: image} = await decodeImage(source, {size, fit, name: path.join(folder, file)});
      pixels?.set(image, i * bytes);
      sums[i] = channelSums(image, 3);
      digests[i] = createHash('sha256').update(source).digest('hex');
    } catch (error) {
      if (!(error instanceof UnreadableImage)) throw error;
      if (!skipBroken)
        throw new RangeError(
          `${error.message}; repair it, take it away, or leave such images out with skipBroken: true`,
          {cause: error},
        );
      skipped.push({file, reason: error.message});
    }
    done++;
    if (performance.now() - said > 5000) {
      log(`${folder}: ${done} of ${listed.length} images`);
      said = performance.now();
    }
  });
  skipped.sort((a, b) => byName(a.file, b.file));
  if (skipped.length > 0)
    log(
      `${folder}: left out ${skipped.length} of ${listed.length} images that cannot be read: ` +
        `${skipped.map(({file}) => file).join(', ')}`,
    );

  const kept = listed.flatMap((_, i) => (digests[i] === undefined ? [] : [i]));
  const [n, files, contents] = [kept.length, kept.map(i => listed[i]!), kept.map(i => digests[i]!)];
  const labels = Int32Array.from(files, file => classes.indexOf(file.split('/')[0]!));
  checkEnough(folder, labels, classes, contents);
  kept.forEach((from, to) => {
    if (from !== to) pixels?.copyWithin(to * bytes, from * bytes, (from + 1) * bytes);
  });
  const images =
    pixels?.subarray(0, n * bytes) ??
    storedImages(
      files.map(file => path.join(folder, file)),
      {size, fit},
    );

  const sides = sidesOf(contents, [...labels].map(String), {shares, seed: `seed ${seed}`});
  const where = (test: (side: string) => boolean) =>
    Int32Array.from(sides.flatMap((side, i) => (test(side) ? [i] : [])));
  const splits = {
    pretrain: where(side => side !== 'test'),
    train: where(side => side === 'train'),
    validation: where(side => side === 'validation'),
    test: where(side => side === 'test'),
  };
  const numbers = new Map([...new Set(contents)].map((content, number) => [content, number]));
  return {
    name,
    images,
    shape: [n, size, size, 3],
    labels,
    classes,
    splits,
    files,
    skipped,
    families: Int32Array.from(contents, content => numbers.get(content)!),
    ...statisticsOf(
      Array.from(splits.pretrain, i => sums[kept[i]!]!),
      size * size,
    ),
    license,
    credit,
    checksum: createHash('sha256')
      .update(files.map((file, i) => `${contents[i]} ${file}\n`).join(''))
      .digest('hex'),
    origin: {
      loader: 'imageFolder',
      options: {folder: path.resolve(folder), size, fit, stream, skipBroken, seed, shares, name, license, credit},
    },
  };
}

/** Paths of the images inside the folder, by name, with '/' everywhere; and the classes. */
function list(folder: string, log: (line: string) => void): {files: string[]; classes: string[]} {
  check(
    fs.existsSync(folder) && fs.statSync(folder).isDirectory(),
    'imageFolder',
    `expected a folder of images, got ${folder}, which is ${fs.existsSync(folder) ? 'a file' : 'not there'}`,
  );
  const all = (fs.readdirSync(folder, {recursive: true}) as string[])
    .map(file => file.split(path.sep).join('/'))
    .filter(file => !file.split('/').some(part => /^(\.|__MACOSX)/.test(part)));
  const classes = all
    .filter(file => !file.includes('/') && fs.statSync(path.join(folder, file)).isDirectory())
    .sort(byName);
  const files = all.filter(file => isImage(file) && fs.statSync(path.join(folder, file)).isFile()).sort(byName);
  check(files.length > 0, 'imageFolder', `expected images (${formats.join(' ')}), got none in ${folder}`);
  check(
    !classes.length || !classes.every(name => /^(train|training|val|valid|validation|test)$/i.test(name)),
    'imageFolder',
    `expected one sub-folder a class, got ${classes.join(' and ')} in ${folder}, which are splits; give one of them`,
  );
  const outside = files.filter(file => !file.includes('/'));
  check(
    !classes.length || !outside.length,
    'imageFolder',
    `expected images either in sub-folders, one a class, or in the folder itself, got both in ${folder}: ` +
      `${classes[0]}/ and ${outside[0]}`,
  );
  const others = [
    ...new Set(
      all
        .filter(file => !isImage(file) && fs.statSync(path.join(folder, file)).isFile())
        .map(file => path.extname(file) || 'without an ending'),
    ),
  ].sort(byName);
  if (others.length) log(`${folder}: left alone files that are no images: ${others.join(', ')}`);
  return {files, classes};
}

function checkEnough(folder: string, labels: Int32Array, classes: string[], contents: string[]): void {
  for (const label of classes.length ? classes.keys() : [-1]) {
    const count = new Set(contents.filter((_, i) => labels[i] === label)).size;
    check(
      count >= 2,
      'imageFolder',
      'expected at least 2 different images ' +
        `${label < 0 ? `in ${folder}` : `of each class, one to learn from and one for the test`}, got ` +
        `${count}${label < 0 ? '' : ` of "${classes[label]}" in ${folder}`}; add ` +
        `some${label < 0 ? '' : ' or take the sub-folder away'}`,
    );
  }
}
