// STL-10: 113,000 color photographs of 96 × 96, 100,000 of them unlabeled, downloaded from their
// home (2.6 GB) when first needed. They stay in their files. Coates, Lee & Ng 2011, "An Analysis of
// Single-Layer Networks in Unsupervised Feature Learning".

import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import {check} from '../check';
import {interruptSignal} from '../interrupt';
import {writeWhole} from '../writeWhole';
import {archive} from './files/archive';
import type {ArchiveOptions} from './files/archive';
import {channelSums, statisticsOf} from './channelStatistics';
import type {ChannelStatistics} from './channelStatistics';
import {range} from './dataset';
import type {Dataset, ReadImages} from './dataset';
import {nameList} from './files/nameList';
import {rowMajor} from './rowMajor';
import {readRows} from './files/storedImages';

const home = {
  base: 'http://ai.stanford.edu/~acoates/stl10/',
  file: 'stl10_binary.tar.gz',
  sha256: 'f31fd99273a1acb8609c8db427cebb1de3f71de77758cdc0e22956e1289b9866',
};
const side = 96;
const stored = [side, side, 3] as const;
const bytes = side * side * 3;
const again = 'take the folder away, then it is downloaded again';

/** Options of {@link stl10}. */
export interface Stl10Options extends ArchiveOptions {
  /**
   * Side in pixels to which the images are scaled down when they are read, at most 96 (Lanczos,
   * antialiased). Wang & Isola 2020, arXiv:2005.10242, crop views of 64 px out of 96: that is a
   * matter of the views, and not the same as images of 64.
   * @default 96
   */
  size?: number;
}

/** The images of one file, numbered from `first`. */
type Part = {file: string; first: number; count: number};

/**
 * Loads STL-10. Its 8,000 test images are the test, the last 500 of its 5,000 labeled training
 * images the validation; all 5,000 and the 100,000 unlabeled ones, whose label is −1, are for
 * pretraining. The ten folds of its makers are not used.
 *
 * The first call with a size reads all images for pretraining once, for mean and standard
 * deviation, which are then kept beside the files.
 *
 * @throws Error when it is not there yet and cannot be downloaded: no network, cut off, another
 * checksum; see download. RangeError when a file is missing or cut off.
 */
export async function stl10({
  size = side,
  log = console.log,
  signal = interruptSignal(),
  ...options
}: Stl10Options = {}): Promise<Dataset> {
  check(
    Number.isInteger(size) && size >= 1 && size <= side,
    'stl10',
    `expected size as a whole number of pixels from 1 to ${side}, got ${size}`,
  );
  const {at, sha256} = await archive('stl-10', home, {...options, log, signal});
  const classes = await nameList(at, 'class_names.txt');
  const [train, unlabeled, test] = (await Promise.all(
    ['train', 'unlabeled', 'test'].map(name => count(path.join(at, `${name}_X.bin`))),
  )) as [number, number, number];
  const [trained, pretrained, n] = [train, train + unlabeled, train + unlabeled + test];
  check(train >= 10, 'stl10', `expected at least 10 training images in ${at}, got ${train}`);
  const labels = new Int32Array(n).fill(-1);
  labels.set(await readLabels(path.join(at, 'train_y.bin'), train, classes));
  labels.set(await readLabels(path.join(at, 'test_y.bin'), test, classes), pretrained);

  const images = reader(
    [
      {file: 'train', first: 0, count: train},
      {file: 'unlabeled', first: trained, count: unlabeled},
      {file: 'test', first: pretrained, count: test},
    ].map(part => ({...part, file: path.join(at, `${part.file}_X.bin`)})),
    size,
  );
  const name = size === side ? 'stl-10' : `stl-10-${size}`;
  const validated = trained - Math.floor(trained / 10);
  const splits = {
    pretrain: range(0, pretrained),
    train: range(0, validated),
    validation: range(validated, trained),
    test: range(pretrained, n),
  };
  return {
    name,
    images,
    shape: [n, size, size, 3],
    labels,
    classes,
    splits,
    ...(await keptStatistics(path.join(at, `statistics-${size}.json`), log, () =>
      measure(images, pretrained, size, line => log(`${name}: ${line}`), signal),
    )),
    license: 'none stated by its makers; photographs out of ImageNet',
    credit: 'STL-10, Adam Coates, Honglak Lee, Andrew Y. Ng',
    checksum: sha256,
    origin: {loader: 'stl10', options: {folder: path.resolve(at, '..'), sha256, size}},
  };
}

/** How many images a file holds. */
async function count(file: string): Promise<number> {
  check(fs.existsSync(file), 'stl10', `expected the file ${file}, got none; ${again}`);
  const {size} = await fs.promises.stat(file);
  check(size % bytes === 0, 'stl10', `expected images of ${bytes} bytes in ${file}, got ${size} bytes; ${again}`);
  return size / bytes;
}

async function readLabels(file: string, images: number, classes: readonly string[]): Promise<Uint8Array> {
  check(fs.existsSync(file), 'stl10', `expected the file ${file}, got none; ${again}`);
  const labels = await fs.promises.readFile(file);
  check(labels.length === images, 'stl10', `expected ${images} labels in ${file}, got ${labels.length}; ${again}`);
  const wrong = labels.findIndex(label => label < 1 || label > classes.length);
  check(
    wrong < 0,
    'stl10',
    `expected labels from 1 to ${classes.length}, got ${labels[wrong]} for image ${wrong} in ${file}`,
  );
  return labels.map(label => label - 1);
}

const isIn = (index: number, part: Part) => index >= part.first && index < part.first + part.count;

function reader(parts: readonly Part[], size: number): ReadImages {
  return async (indices, {signal} = {}) => {
    const needed = parts.filter(part => indices.some(index => isIn(index, part)));
    const open: (Part & {handle: fs.promises.FileHandle})[] = [];
    try {
      for (const part of needed)
        open.push({
          ...part,
          handle: await fs.promises.open(part.file).catch((error: Error) => {
            throw changed(part.file, error.message, error);
          }),
        });
      return await readRows(
        indices,
        size * size * 3,
        {caller: 'stl10', what: `${size} × ${size} pixels`, signal},
        async (index, into) => {
          const {file, first, handle} = open.find(part => isIn(index, part))!;
          const columns = Buffer.allocUnsafe(bytes);
          const {bytesRead} = await handle.read(columns, 0, bytes, (index - first) * bytes);
          if (bytesRead < bytes) throw changed(file, `its end within image ${index - first}`);
          if (size === side) return rowMajor(columns, stored, into);
          const rows = new Uint8Array(bytes);
          rowMajor(columns, stored, rows);
          into.set(
            await sharp(rows, {raw: {height: side, width: side, channels: 3}})
              .resize(size, size)
              .raw()
              .toBuffer(),
          );
        },
      );
    } finally {
      await Promise.all(open.map(({handle}) => handle.close())); // waits for those under way
    }
  };
}

const changed = (file: string, got: string, cause?: Error) =>
  new RangeError(`stl10: expected ${file} to be as it was when the data set was loaded, got ${got}; ${again}`, {cause});

/**
 * What the file has, or what is measured now and then kept there, unless nothing can be written:
 * others may own the folder.
 */
async function keptStatistics(
  file: string,
  log: (line: string) => void,
  measured: () => Promise<ChannelStatistics>,
): Promise<ChannelStatistics> {
  if (fs.existsSync(file)) return JSON.parse(await fs.promises.readFile(file, 'utf8')) as ChannelStatistics;
  const statistics = await measured();
  await writeWhole(file, [JSON.stringify(statistics)]).catch((error: Error) =>
    log(`${error.message}; mean and standard deviation are measured again next time`),
  );
  return statistics;
}

/** Over the first `n` images, a piece at a time. */
async function measure(
  images: ReadImages,
  n: number,
  size: number,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<ChannelStatistics> {
  const piece = 512;
  const total = new Float64Array(6); // whole numbers far below 2^53: exact
  log(`measuring mean and standard deviation of ${n.toLocaleString('en')} images, once`);
  for (let first = 0, said = performance.now(); first < n; first += piece) {
    channelSums(await images(range(first, Math.min(first + piece, n)), {signal}), 3).forEach((sum, place) => {
      total[place]! += sum;
    });
    if (performance.now() - said > 5000) {
      log(`${first.toLocaleString('en')} of ${n.toLocaleString('en')} images measured`);
      said = performance.now();
    }
  }
  return statisticsOf([total], n * size * size);
}
