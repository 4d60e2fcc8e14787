// A folder of high-resolution images, at their own sizes: for patches that lie some distance apart.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {check} from '../check';
import {interruptSignal} from '../interrupt';
import {decodeLarge, type LargeOptions} from './files/decodeLarge';
import {isImage} from './files/images';
import {largeImages, wholeAreas, type LargeImages} from './largeImages';
import {sidesOf} from './sides';

/** Options of {@link largeFolder}. */
export interface LargeFolderOptions extends LargeOptions {
  /** Share of the images that is held out, above 0 and below 1. @default 0.2 */
  test?: number;
  /** Another seed holds out others. @default 0 */
  seed?: number;
  /** @default the folder's name */
  name?: string;
  /** @default 'not stated' */
  license?: string;
  /** @default 'not stated' */
  credit?: string;
}

/**
 * Loads all images of a folder and its sub-folders into memory. Whole images are held out, by their
 * bytes and the seed: copies of one image stand on one side.
 *
 * @throws RangeError when there is no such folder, fewer than two different images in it, or more
 * than fits in memory; UnreadableImage naming an image that is damaged; the signal's reason.
 */
export async function largeFolder(folder: string, options: LargeFolderOptions = {}): Promise<LargeImages> {
  const {
    size,
    test = 0.2,
    seed = 0,
    name = path.basename(path.resolve(folder)),
    license = 'not stated',
    credit = 'not stated',
    log = console.log,
    signal = interruptSignal(),
  } = options;
  check(test > 0 && test < 1, 'largeFolder', `expected a share for the test above 0 and below 1, got ${test}`);
  check(
    fs.existsSync(folder) && fs.statSync(folder).isDirectory(),
    'largeFolder',
    `expected a folder of images, got ${folder}, which is ${fs.existsSync(folder) ? 'a file' : 'not there'}`,
  );
  const files = (fs.readdirSync(folder, {recursive: true}) as string[])
    .map(file => file.split(path.sep).join('/'))
    .filter(
      file =>
        isImage(file) &&
        !file.split('/').some(part => part.startsWith('.')) &&
        fs.statSync(path.join(folder, file)).isFile(),
    )
    .sort();
  const {images, digests} = await decodeLarge(
    'largeFolder',
    files.map(file => ({name: file, read: () => fs.promises.readFile(path.join(folder, file))})),
    {size, log, signal},
  );
  const different = new Set(digests).size;
  check(
    different >= 2,
    'largeFolder',
    `expected at least 2 different images in ${folder}, one to learn from and one to measure on, got ` +
      `${different}; add some`,
  );
  const sides = sidesOf(
    digests,
    digests.map(() => ''),
    {shares: {validation: 0, test}, seed: `seed ${seed}`},
  );
  const on = (side: string) =>
    wholeAreas(
      images,
      sides.flatMap((own, i) => (own === side ? [i] : [])),
    );
  return largeImages({
    name,
    images,
    areas: {pretrain: on('train'), test: on('test')},
    license,
    credit,
    checksum: createHash('sha256')
      .update(files.map((file, i) => `${digests[i]} ${file}\n`).join(''))
      .digest('hex'),
  });
}
