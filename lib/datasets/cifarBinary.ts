// Reads the binary version of CIFAR: records of label bytes and an image of 32 × 32, red, green and
// blue planes one after the other. Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny
// Images".

import fs from 'node:fs';
import path from 'node:path';
import {check} from '../check';
import {channelStatistics} from './channelStatistics';
import {range} from './dataset';
import type {LoadedDataset} from './dataset';

const pixels = 32 * 32;

/**
 * @param folder Of the unpacked archive.
 * @param files Those of the training part, those of the test part.
 * @param classes Names per label byte of a record, the last one's are the labels.
 * @returns What every CIFAR has: images [n, 32, 32, 3], the last tenth of the training part (5,000
 * of 50,000) as validation; and the labels of each label byte.
 * @throws RangeError when a file is missing, is cut off, or has a label without a name.
 */
export async function cifarBinary(
  folder: string,
  files: {train: string[]; test: string[]},
  classes: string[][],
): Promise<
  Pick<LoadedDataset, 'images' | 'shape' | 'labels' | 'classes' | 'splits' | 'mean' | 'standardDeviation'> & {
    allLabels: Int32Array[];
  }
> {
  const record = classes.length + 3 * pixels;
  const read = (names: string[]) =>
    Promise.all(
      names.map(async name => {
        const file = path.join(folder, name);
        check(
          fs.existsSync(file),
          'cifarBinary',
          `expected the file ${file}, got none; take the folder away, then it is downloaded again`,
        );
        const bytes = await fs.promises.readFile(file);
        check(
          bytes.length > 0 && bytes.length % record === 0,
          'cifarBinary',
          `expected records of ${record} bytes in ${file}, got ${bytes.length} bytes; take the folder away, ` +
            'then it is downloaded again',
        );
        return bytes;
      }),
    );
  const [train, test] = [await read(files.train), await read(files.test)];
  const parts = [...train, ...test];
  const count = (part: Buffer[]) => part.reduce((sum, {length}) => sum + length / record, 0);
  const [trained, n] = [count(train), count(parts)];
  check(trained >= 10, 'cifarBinary', `expected at least 10 training images in ${folder}, got ${trained}`);

  const images = new Uint8Array(n * pixels * 3);
  const allLabels = classes.map(() => new Int32Array(n));
  let i = 0;
  for (const part of parts)
    for (let at = 0; at < part.length; at += record, i++) {
      classes.forEach((names, which) => {
        const label = part[at + which]!;
        check(
          label < names.length,
          'cifarBinary',
          `expected labels below ${names.length}, got ${label} for image ${i}`,
        );
        allLabels[which]![i] = label;
      });
      const first = at + classes.length;
      for (let pixel = 0, to = i * pixels * 3; pixel < pixels; pixel++)
        for (let c = 0; c < 3; c++) images[to++] = part[first + c * pixels + pixel]!;
    }
  const shape = [n, 32, 32, 3] as const;
  const validated = trained - Math.floor(trained / 10);
  const splits = {
    pretrain: range(0, trained),
    train: range(0, validated),
    validation: range(validated, trained),
    test: range(trained, n),
  };
  return {
    images,
    shape,
    labels: allLabels.at(-1)!,
    classes: classes.at(-1)!,
    allLabels,
    splits,
    ...channelStatistics(images, shape, splits.pretrain),
  };
}

/** What its makers say about use. */
export const cifarLicense =
  'none stated by its makers; a labeled part of the 80 Million Tiny Images, collected from the web';
