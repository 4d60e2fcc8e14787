// A data set of 200 generated images in four classes, for tests that train: a class is a color,
// noise is added.

import type {LoadedDataset} from '../../lib/datasets/dataset';
import {hashed} from '../reference/hashed';

const range = (from: number, to: number) => Int32Array.from({length: to - from}, (_, i) => from + i);
const colors = [
  [200, 60, 60],
  [60, 200, 60],
  [60, 60, 200],
  [180, 180, 60],
];

export function tinyDataset(size = 16): LoadedDataset {
  const n = 200;
  const noise = hashed('tiny', [n, size, size, 3], 50);
  const images = Uint8Array.from(noise, (value, i) => colors[Math.floor(i / (size * size * 3)) % 4]![i % 3]! + value);
  return {
    name: 'tiny',
    images,
    shape: [n, size, size, 3],
    labels: Int32Array.from({length: n}, (_, i) => i % 4),
    classes: ['red', 'green', 'blue', 'yellow'],
    splits: {pretrain: range(0, 160), train: range(0, 40), validation: range(100, 140), test: range(160, 200)},
    mean: [0.5, 0.5, 0.5],
    standardDeviation: [0.25, 0.25, 0.25],
    license: 'none needed',
    credit: 'generated',
    checksum: 'tiny',
  };
}
