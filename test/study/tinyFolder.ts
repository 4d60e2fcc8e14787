// The images of the tiny data set as files, so that another process can load them.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type {Dataset} from '../../lib/datasets/dataset';
import {imageFolder} from '../../lib/datasets/imageFolder';
import {tinyDataset} from './tinyDataset';

/** Writes 200 images of 16 × 16 pixels in four classes; returns their folder. */
export async function tinyFolder(): Promise<string> {
  const {
    images,
    shape: [n, height, width, channels],
    labels,
    classes,
  } = tinyDataset();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'images-'));
  for (const name of classes) fs.mkdirSync(path.join(folder, name));
  const bytes = height * width * channels;
  await Promise.all(
    Array.from({length: n}, (_, i) =>
      sharp(images.subarray(i * bytes, (i + 1) * bytes), {raw: {height, width, channels: channels as 3}})
        .png()
        .toFile(path.join(folder, classes[labels[i]!]!, `${i}.png`)),
    ),
  );
  return folder;
}

export const loadTiny = (folder: string): Promise<Dataset> => imageFolder(folder, {size: 16, name: 'tiny', log() {}});
