// Two classes that no linear reading of simple features tells apart: stripes that lie in red or
// stand in green, and stripes that stand in red or lie in green.

import type {LoadedDataset} from '../../lib/datasets/dataset';
import {hashed} from '../reference/hashed';

const range = (from: number, to: number) => Int32Array.from({length: to - from}, (_, i) => from + i);

export function stripes(n = 480, side = 16): LoadedDataset {
  const noise = hashed('stripes', [n, side, side, 3], 40);
  const kinds = hashed('kinds', [n, 3], 0.5);
  const bit = (image: number, which: number) => Number(kinds[3 * image + which]! > 0);
  const images = Uint8Array.from(noise, (value, i) => {
    const [image, y, x, channel] = [
      Math.floor(i / (side * side * 3)),
      Math.floor(i / (side * 3)) % side,
      Math.floor(i / 3) % side,
      i % 3,
    ];
    const along = (bit(image, 0) ? y : x) + Math.floor((kinds[3 * image + 2]! + 0.5) * 4);
    return 100 + value + (channel === bit(image, 1) && along % 4 < 2 ? 100 : 0);
  });
  const [train, validation] = [Math.round(n * 0.6), Math.round(n * 0.75)];
  return {
    name: 'stripes',
    images,
    shape: [n, side, side, 3],
    labels: Int32Array.from({length: n}, (_, i) => bit(i, 0) ^ bit(i, 1)),
    classes: ['alike', 'different'],
    splits: {
      pretrain: range(0, validation),
      train: range(0, train),
      validation: range(train, validation),
      test: range(validation, n),
    },
    mean: [0.5, 0.5, 0.4],
    standardDeviation: [0.25, 0.25, 0.1],
    license: 'none needed',
    credit: 'generated',
    checksum: 'stripes',
  };
}
