// A data set of generated images, each of its own random colors in equal squares: every image is
// told from every other one, and nothing else.

import type {LoadedDataset} from '../../lib/datasets/dataset';
import {hashed} from '../reference/hashed';

/**
 * @param across Squares in a row of an image of 16 px: with 2 whole images differ in color, with 8
 * in little else than detail.
 */
export function blocks(across: 2 | 4 | 8, n = 256): LoadedDataset {
  const [size, square] = [16, 16 / across];
  const colors = hashed('blocks', [n, across, across, 3], 100);
  const at = (image: number, y: number, x: number, channel: number) =>
    ((image * across + Math.floor(y / square)) * across + Math.floor(x / square)) * 3 + channel;
  const images = Uint8Array.from(
    {length: n * size * size * 3},
    (_, i) =>
      128 +
      colors[
        at(Math.floor(i / (size * size * 3)), Math.floor(i / (size * 3)) % size, Math.floor(i / 3) % size, i % 3)
      ]!,
  );
  const all = Int32Array.from({length: n}, (_, i) => i);
  return {
    name: 'blocks',
    images,
    shape: [n, size, size, 3],
    labels: new Int32Array(n),
    classes: ['blocks'],
    splits: {pretrain: all, train: all, validation: all, test: all},
    mean: [0.5, 0.5, 0.5],
    standardDeviation: [0.25, 0.25, 0.25],
    license: 'none needed',
    credit: 'generated',
    checksum: `blocks${across}`,
  };
}
