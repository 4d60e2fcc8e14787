// DIV2K: 900 photographs with 2,040 pixels on their longer side, of all kinds of scenes, downloaded
// from their home (4.0 GB) when first needed. Agustsson & Timofte 2017, "NTIRE 2017 Challenge on
// Single Image Super-Resolution: Dataset and Study", CVPR workshops.

import {createHash} from 'node:crypto';
import path from 'node:path';
import {check} from '../check';
import {interruptSignal} from '../interrupt';
import {address} from './files/address';
import type {ArchiveOptions} from './files/archive';
import {decodeLarge, type LargeOptions} from './files/decodeLarge';
import {download} from './files/download';
import {dataFolder} from './files/folder';
import {isImage} from './files/images';
import {largeImages, wholeAreas, type LargeImages} from './largeImages';
import {zipEntries} from './files/zip';

const home = 'https://data.vision.ee.ethz.ch/cvl/DIV2K/';
/**
 * As TensorFlow Datasets publishes them: tensorflow/datasets,
 * tensorflow_datasets/url_checksums/div2k.txt.
 */
const known = {
  train: '9d0b9c463f6e35b6c62cc6a930ee2224f670b34c1df841a57670f9acf0f6c335',
  test: '20dd31fd84d777bc1cf5d6b7654a3f569c0aec74458ae094122ad1d0489900fc',
};
const files = {train: 'DIV2K_train_HR.zip', test: 'DIV2K_valid_HR.zip'};

/** Options of {@link div2k}. */
export interface Div2kOptions extends Omit<ArchiveOptions, 'sha256'>, LargeOptions {
  /**
   * Only so many of the 800 images for training and, in their proportion, of the 100 that are held
   * out: all of them need about 7.5 GB of memory at their own size.
   * @default all
   */
  count?: number;
  /**
   * SHA-256 of the two archives, for others of the same format.
   * @default those that everybody uses
   */
  sha256?: {train: string; test: string};
}

/**
 * Loads DIV2K into memory: its training images for pre-training, its validation images, the last
 * 100, as those held out. The archives stay as they are, images are read out of them.
 *
 * @throws Error when it is not there yet and cannot be downloaded: no network, cut off, another
 * checksum; see download. RangeError when the images do not fit in memory.
 */
export async function div2k({
  size,
  count,
  folder = dataFolder(),
  base,
  sha256 = known,
  log = console.log,
  signal = interruptSignal(),
}: Div2kOptions = {}): Promise<LargeImages> {
  check(
    count === undefined || (Number.isInteger(count) && count >= 1),
    'div2k',
    `expected a whole number of images from 1, got ${count}`,
  );
  const listed = async (part: 'train' | 'test') => {
    const file = path.join(folder, 'div2k', files[part]);
    await download({url: address(files[part], home, base), to: file, sha256: sha256[part], log, signal});
    const images = (await zipEntries(file))
      .filter(({name}) => isImage(name) && !name.startsWith('__MACOSX'))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    check(images.length > 0, 'div2k', `expected images in ${file}, got none`);
    return images;
  };
  const [train, test] = [await listed('train'), await listed('test')];
  const taken = Math.min(count ?? train.length, train.length);
  const entries = [
    ...train.slice(0, taken),
    ...test.slice(0, Math.max(1, Math.round((test.length * taken) / train.length))),
  ];
  const {images} = await decodeLarge('div2k', entries, {size, log, signal});
  const numbers = [...images.keys()];
  return largeImages({
    name: `div2k${size === undefined ? '' : `-${size}`}`,
    images,
    areas: {pretrain: wholeAreas(images, numbers.slice(0, taken)), test: wholeAreas(images, numbers.slice(taken))},
    license: 'see its home page, data.vision.ee.ethz.ch/cvl/DIV2K',
    credit: 'DIV2K, Eirikur Agustsson, Radu Timofte',
    checksum: createHash('sha256').update([sha256.train, sha256.test].join()).digest('hex'),
  });
}
