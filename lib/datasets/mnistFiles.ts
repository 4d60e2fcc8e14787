// Reads a data set in MNIST's form: four IDX files, images and labels of a training and a test
// part, each as it is or gzipped. LeCun, Cortes & Burges 1998, "The MNIST database of handwritten
// digits".

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import {check} from '../check';
import {channelStatistics} from './channelStatistics';
import {range} from './dataset';
import type {LoadedDataset} from './dataset';
import {parseIdx} from './files/idx';

export const mnistNames = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;

/** Options of {@link mnistFiles}. */
export interface MnistFilesOptions {
  /** Of the unpacked files. */
  sha256: Record<(typeof mnistNames)[number], string>;
  classes: readonly string[];
  /** Whose errors they are. */
  caller: string;
  /** What brings a file that is missing, or is not the right one. */
  remedies: {missing: string; changed: string};
}

/**
 * @param folder Has the four files; one that ends in .gz is unpacked in memory.
 * @returns What every such set has: gray images [n, h, w, 1], the last twelfth of the training part
 * (5,000 of 60,000) as validation.
 * @throws RangeError when a file is missing, damaged, or not the expected one; when images and
 * labels do not fit together.
 */
export async function mnistFiles(
  folder: string,
  {sha256, classes, caller, remedies}: MnistFilesOptions,
): Promise<
  Pick<LoadedDataset, 'images' | 'shape' | 'labels' | 'classes' | 'splits' | 'mean' | 'standardDeviation' | 'checksum'>
> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(
    mnistNames.map(async name => {
      const file = packedOrNot(path.join(folder, name));
      check(file !== undefined, caller, `expected the file ${path.join(folder, name)}, got none; ${remedies.missing}`);
      const bytes = await unpacked(file).catch((error: Error) => {
        throw new RangeError(
          `${caller}: expected ${file} as gzip packs it, got ${error.message}; ${remedies.changed}`,
          {cause: error},
        );
      });
      const got = createHash('sha256').update(bytes).digest('hex');
      check(
        got === sha256[name],
        caller,
        `expected ${file} with ${file.endsWith('.gz') ? 'unpacked ' : ''}SHA-256 ${sha256[name]}, got ` +
          `${got}; ${remedies.changed}`,
      );
      return parseIdx(bytes, file);
    }),
  );
  const [trained, h, w] = trainImages!.shape as [number, number, number];
  const [tested, ...sides] = testImages!.shape as [number, number, number];
  const labels = Int32Array.from([...trainLabels!.values, ...testLabels!.values]);
  check(
    `${trainLabels!.shape}` === `${trained}` && `${testLabels!.shape}` === `${tested}` && `${sides}` === `${[h, w]}`,
    caller,
    `expected images of one size, a label for each, got images [${trainImages!.shape}] and ` +
      `[${testImages!.shape}], labels [${trainLabels!.shape}] and [${testLabels!.shape}] in ${folder}`,
  );
  const wrong = labels.findIndex(label => label >= classes.length);
  check(wrong < 0, caller, `expected labels below ${classes.length}, got ${labels[wrong]} for image ${wrong}`);
  const n = trained + tested;
  const validated = trained - Math.floor(trained / 12);
  const images = Buffer.concat([trainImages!.values as Uint8Array, testImages!.values as Uint8Array]);
  const shape = [n, h, w, 1] as const;
  const splits = {
    pretrain: range(0, trained),
    train: range(0, validated),
    validation: range(validated, trained),
    test: range(trained, n),
  };
  return {
    images,
    shape,
    labels,
    classes,
    splits,
    ...channelStatistics(images, shape, splits.pretrain),
    checksum: createHash('sha256')
      .update(mnistNames.map(name => sha256[name]).join())
      .digest('hex'),
  };
}

/** The file as it is, otherwise the gzipped one. */
export const packedOrNot = (file: string): string | undefined => [file, `${file}.gz`].find(fs.existsSync);

async function unpacked(file: string): Promise<Buffer> {
  const bytes = await fs.promises.readFile(file);
  return file.endsWith('.gz') ? promisify(gunzip)(bytes) : bytes;
}
