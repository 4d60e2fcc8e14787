// A small data set: 60 gray-scale squares of three classes on noise, two channels.

import type {LoadedDataset} from '../../lib/datasets/dataset';
import {hashed} from '../reference/hashed';

const [n, side, channels] = [60, 6, 2];

export function squares(): LoadedDataset {
  const noise = hashed('squares', [n * side * side * channels]);
  const labels = Int32Array.from({length: n}, (_, i) => i % 3);
  const images = Uint8Array.from(noise, (value, i) => {
    const [image, pixel] = [Math.floor(i / (side * side * channels)), Math.floor(i / channels) % (side * side)];
    const inside = Math.floor(pixel / side) >= 2 * labels[image]! && Math.floor(pixel / side) < 2 * labels[image]! + 2;
    return Math.floor(60 * (value + 1)) + (inside ? 80 : 0);
  });
  const range = (from: number, to: number) => Int32Array.from({length: to - from}, (_, i) => from + i);
  return {
    name: 'squares',
    images,
    shape: [n, side, side, channels],
    labels,
    classes: ['top', 'middle', 'bottom'],
    mean: [0.3, 0.35],
    standardDeviation: [0.2, 0.25],
    splits: {pretrain: range(0, 45), train: range(0, 30), validation: range(30, 45), test: range(45, 60)},
    license: 'CC0-1.0',
    credit: 'none',
    checksum: 'none',
  };
}
