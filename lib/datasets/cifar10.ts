// CIFAR-10: 60,000 color photographs of 32 × 32 in ten classes, downloaded from its home (170 MB)
// when first needed. Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny Images".

import path from 'node:path';
import {archive} from './files/archive';
import type {ArchiveOptions} from './files/archive';
import {cifarBinary, cifarLicense} from './cifarBinary';
import type {LoadedDataset} from './dataset';
import {nameList} from './files/nameList';

const home = {
  base: 'https://www.cs.toronto.edu/~kriz/',
  file: 'cifar-10-binary.tar.gz',
  sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
};

/** Options of {@link cifar10}. */
export type Cifar10Options = ArchiveOptions;

/**
 * Loads CIFAR-10. Its 10,000 test images are the test, the last 5,000 of its 50,000 training images
 * the validation.
 *
 * @throws Error when it is not there yet and cannot be downloaded: no network, cut off, another
 * checksum; see download.
 *
 * @example
 * ```ts
 * import {cifar10, knn, labelsAt, rawPixels} from 'ssl-workbench';
 * const dataset = await cifar10(); // downloads 170 MB the first time
 * const {train, test} = dataset.splits;
 * const set = async (at: Int32Array) => ({
 *   features: await rawPixels(dataset, at),
 *   labels: labelsAt(dataset, at),
 * });
 * const {accuracy} = await knn(await set(train), await set(test)); // of raw pixels
 * ```
 */
export async function cifar10(options: Cifar10Options = {}): Promise<LoadedDataset> {
  const {at, sha256} = await archive('cifar-10', home, options);
  const names = await nameList(at, 'batches.meta.txt');
  const {allLabels: _, ...rest} = await cifarBinary(
    at,
    {train: [1, 2, 3, 4, 5].map(i => `data_batch_${i}.bin`), test: ['test_batch.bin']},
    [names],
  );
  return {
    name: 'cifar-10',
    ...rest,
    license: cifarLicense,
    credit: 'CIFAR-10, Alex Krizhevsky, Vinod Nair, Geoffrey Hinton',
    checksum: sha256,
    origin: {loader: 'cifar10', options: {folder: path.resolve(at, '..'), sha256}},
  };
}
