// Fashion-MNIST: 70,000 gray photographs of clothes of 28 × 28 in ten classes, in the form of
// MNIST; downloaded from its home (31 MB) when first needed. Xiao, Rasul & Vollgraf 2017,
// "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms",
// arXiv:1708.07747.

import path from 'node:path';
import {interruptSignal} from '../interrupt';
import {address} from './files/address';
import type {LoadedDataset} from './dataset';
import {download} from './files/download';
import {dataFolder} from './files/folder';
import {mnistFiles, mnistNames, packedOrNot} from './mnistFiles';

const home = 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/';

/** SHA-256 of each file as it is downloaded, and unpacked: others may pack it in another way. */
export type FashionMnistChecksums = Record<(typeof mnistNames)[number], {packed: string; unpacked: string}>;

const known: FashionMnistChecksums = {
  'train-images-idx3-ubyte': {
    packed: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    unpacked: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  },
  'train-labels-idx1-ubyte': {
    packed: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    unpacked: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  },
  't10k-images-idx3-ubyte': {
    packed: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    unpacked: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  },
  't10k-labels-idx1-ubyte': {
    packed: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    unpacked: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  },
};

/** From the labels' table of the authors' page. */
const classes = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/** Where Debian's package dataset-fashion-mnist puts the files. */
const debian = '/usr/share/datasets/fashion-mnist';

/** Options of {@link fashionMnist}. */
export interface FashionMnistOptions {
  /**
   * Has the four IDX files, as they are or gzipped; those that it lacks are downloaded into it.
   * @default where Debian's package put them, otherwise fashion-mnist/ in the folder of data, see
   * dataFolder
   */
  folder?: string;
  /**
   * Address of the folder that has the files: a mirror, for example.
   * @default SSL_DATA_MIRROR of the environment, otherwise the home of the data set
   */
  base?: string;
  /** For other files of the same format. @default those that everybody uses */
  sha256?: FashionMnistChecksums;
  /** Is told how it goes, a line at a time. @default console.log */
  log?: (line: string) => void;
  /** Stops a download; the next call goes on. @default the notebook's Interrupt */
  signal?: AbortSignal;
}

/**
 * Loads Fashion-MNIST, light clothes on black. Its 10,000 test images are the test, the last 5,000
 * of its 60,000 training images the validation.
 *
 * @throws Error when it is not there yet and cannot be downloaded, see download; RangeError when a
 * file is not the one that everybody uses (by its SHA-256).
 */
export async function fashionMnist({
  folder = installed() ?? path.join(dataFolder(), 'fashion-mnist'),
  base,
  sha256 = known,
  log = console.log,
  signal = interruptSignal(),
}: FashionMnistOptions = {}): Promise<LoadedDataset> {
  for (const name of mnistNames) {
    const to = path.join(folder, name);
    if (packedOrNot(to) === undefined)
      await download({
        url: address(`${name}.gz`, home, base),
        to: `${to}.gz`,
        sha256: sha256[name].packed,
        log,
        signal,
      });
  }
  const unpacked = Object.fromEntries(mnistNames.map(name => [name, sha256[name].unpacked])) as Record<
    (typeof mnistNames)[number],
    string
  >;
  const remedies = {missing: 'start again, it is downloaded', changed: 'take it away, then it is downloaded again'};
  return {
    name: 'fashion-mnist',
    ...(await mnistFiles(folder, {sha256: unpacked, classes, caller: 'fashionMnist', remedies})),
    license: 'MIT',
    credit: 'Fashion-MNIST, Zalando SE',
    origin: {loader: 'fashionMnist', options: {folder: path.resolve(folder), sha256}},
  };
}

const installed = (): string | undefined =>
  mnistNames.every(name => packedOrNot(path.join(debian, name))) ? debian : undefined;
