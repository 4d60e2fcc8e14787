// SVHN, cropped digits: 99,289 color photographs of 32 × 32 of the digits of house numbers,
// downloaded from their home (246 MB) when first needed. Netzer, Wang, Coates, Bissacco, Wu & Ng
// 2011, "Reading Digits in Natural Images with Unsupervised Feature Learning".

import {createHash} from 'node:crypto';
import path from 'node:path';
import {check} from '../check';
import {interruptSignal} from '../interrupt';
import {address} from './files/address';
import type {ArchiveOptions} from './files/archive';
import {channelStatistics} from './channelStatistics';
import {range} from './dataset';
import type {LoadedDataset} from './dataset';
import {download} from './files/download';
import {dataFolder} from './files/folder';
import {matArrays} from './files/mat';
import {checkMemory} from './memory';
import {rowMajor} from './rowMajor';

const home = 'http://ufldl.stanford.edu/housenumbers/';
const known = {
  train: '435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8',
  test: 'cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b',
};
const one = [32, 32, 3] as const;
const size = 32 * 32 * 3;

/** Options of {@link svhn}. */
export interface SvhnOptions extends Omit<ArchiveOptions, 'sha256'> {
  /** SHA-256 of the two files, for others of the same format. @default those that everybody uses */
  sha256?: {train: string; test: string};
}

/**
 * Loads SVHN. Its 26,032 test images are the test, the last 7,325 of its 73,257 training images the
 * validation. The digits that were cut out of one photograph follow each other: so validation
 * shares at most one photograph with training. The 531,131 "extra" images are left alone.
 *
 * @throws Error when it is not there yet and cannot be downloaded: no network, cut off, another
 * checksum; see download. RangeError when memory does not hold its 305 MB.
 */
export async function svhn({
  folder = dataFolder(),
  base,
  sha256 = known,
  log = console.log,
  signal = interruptSignal(),
}: SvhnOptions = {}): Promise<LoadedDataset> {
  const part = async (name: 'train' | 'test') => {
    const file = path.join(folder, 'svhn', `${name}_32x32.mat`);
    await download({url: address(path.basename(file), home, base), to: file, sha256: sha256[name], log, signal});
    signal.throwIfAborted();
    return open(file);
  };
  const [train, test] = [await part('train'), await part('test')];
  const [trained, n] = [train.labels.length, train.labels.length + test.labels.length];
  check(trained >= 10, 'svhn', `expected at least 10 training images, got ${trained}`);
  checkMemory(n * size, 'svhn', `${n} of 32 × 32 pixels`, 'end other programs');
  const images = new Uint8Array(n * size);
  await train.pixels.bytes(images.subarray(0, trained * size));
  signal.throwIfAborted();
  await test.pixels.bytes(images.subarray(trained * size));
  signal.throwIfAborted();
  for (let i = 0; i < n; i++) {
    // in its place: a second copy of all would double the memory
    const image = images.subarray(i * size, (i + 1) * size);
    rowMajor(image.slice(), one, image);
  }
  const validated = trained - Math.floor(trained / 10);
  const shape = [n, ...one] as const;
  const splits = {
    pretrain: range(0, trained),
    train: range(0, validated),
    validation: range(validated, trained),
    test: range(trained, n),
  };
  return {
    name: 'svhn',
    images,
    shape,
    labels: Int32Array.from([...train.labels, ...test.labels]),
    classes: Array.from('0123456789'),
    splits,
    ...channelStatistics(images, shape, splits.pretrain),
    license: 'for non-commercial use only, say its makers',
    credit: 'SVHN, Yuval Netzer, Tao Wang, Adam Coates, Alessandro Bissacco, Bo Wu, Andrew Y. Ng',
    checksum: createHash('sha256').update([sha256.train, sha256.test].join()).digest('hex'),
    origin: {loader: 'svhn', options: {folder: path.resolve(folder), sha256}},
  };
}

/** The images of a file, to be read, and its labels. */
async function open(file: string) {
  const arrays = await matArrays(file);
  const named = (name: string) => {
    const array = arrays.find(entry => entry.name === name);
    check(
      array !== undefined,
      'svhn',
      `expected an array "${name}" in ${file}, got ${arrays.map(entry => `"${entry.name}"`).join(', ') || 'none'}`,
    );
    return array;
  };
  const [pixels, labels] = [named('X'), await named('y').values()];
  const [h, w, c, n = 1] = pixels.shape; // MATLAB leaves out a last axis of one
  check(
    `${[h, w, c]}` === `${one}` && n === labels.length,
    'svhn',
    `expected X [32, 32, 3, n] and n labels y, got X [${pixels.shape}] and ${labels.length} labels in ${file}`,
  );
  const wrong = labels.findIndex(label => !Number.isInteger(label) || label < 1 || label > 10);
  check(wrong < 0, 'svhn', `expected labels from 1 to 10, got ${labels[wrong]} for image ${wrong} of ${file}`);
  return {pixels, labels: labels.map(label => label % 10)}; // 10 stands for the digit 0
}
