// CIFAR-100: 60,000 color photographs of 32 × 32 in 100 classes of 20 superclasses, downloaded
// from its home (169 MB) when first needed. Krizhevsky 2009, "Learning Multiple Layers of Features
// from Tiny Images".

import path from 'node:path';
import {archive} from './files/archive';
import type {ArchiveOptions} from './files/archive';
import {cifarBinary, cifarLicense} from './cifarBinary';
import type {LoadedDataset} from './dataset';
import {nameList} from './files/nameList';

const home = {
  base: 'https://www.cs.toronto.edu/~kriz/',
  file: 'cifar-100-binary.tar.gz',
  sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
};

/** Options of {@link cifar100}. */
export type Cifar100Options = ArchiveOptions;

export interface Cifar100 extends LoadedDataset {
  /** [n] numbers of the 20 superclasses. */
  superlabels: Int32Array;
  superclasses: readonly string[];
}

/**
 * Loads CIFAR-100. Its 10,000 test images are the test, the last 5,000 of its 50,000 training
 * images the validation.
 *
 * @throws Error when it is not there yet and cannot be downloaded: no network, cut off, another
 * checksum; see download.
 */
export async function cifar100(options: Cifar100Options = {}): Promise<Cifar100> {
  const {at, sha256} = await archive('cifar-100', home, options);
  const superclasses = await nameList(at, 'coarse_label_names.txt');
  const {
    allLabels: [superlabels],
    ...rest
  } = await cifarBinary(at, {train: ['train.bin'], test: ['test.bin']}, [
    superclasses,
    await nameList(at, 'fine_label_names.txt'),
  ]);
  return {
    name: 'cifar-100',
    ...rest,
    superlabels: superlabels!,
    superclasses,
    license: cifarLicense,
    credit: 'CIFAR-100, Alex Krizhevsky, Vinod Nair, Geoffrey Hinton',
    checksum: sha256,
    origin: {loader: 'cifar100', options: {folder: path.resolve(at, '..'), sha256}},
  };
}
