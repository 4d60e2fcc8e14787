// What libraries and papers report of whole methods on CIFAR-10: reference marks beside our own
// measurements, never mixed with them.

import type {MethodName} from '../../methods/catalogue';
import {share} from '../../study/share';

/** One method in one table. */
export type PublishedMethodRow = {
  /** Authors and year, or the library. */
  source: string;
  /** On GitHub, where it is a library's. */
  repository?: string;
  /** Where it is a paper's. */
  arxiv?: string;
  table: string;
  dataset: string;
  encoder: string;
  epochs: number;
  /** Images a step. */
  batch: number;
  /** How accuracy was measured, in words; all of them on the test set. */
  protocol: string;
  method: MethodName;
  /** Top-1, a share 0 to 1. */
  accuracy: number;
  remark?: string;
};

const cifar = {dataset: 'CIFAR-10', encoder: 'ResNet-18, 3x3 stem'} as const;

const lightly = {
  source: 'lightly',
  repository: 'lightly-ai/lightly',
  table: 'docs/source/getting_started/benchmarks.rst',
  ...cifar,
  protocol: '200 nearest neighbors at τ = 0.1 on the backbone, the best of all epochs on the test set',
} as const;
const lightlyMethods = ['simclr', 'moco', 'byol', 'simsiam', 'barlowTwins', 'dino', 'swav'] as const;
const lightlyRemark = (method: (typeof lightlyMethods)[number], batch: number): {remark?: string} => {
  switch (method) {
    case 'moco':
      return {remark: `loss over both views, BatchNorm over eighths of the batch, ${batch === 512 ? 8192 : 4096} keys`};
    case 'dino':
    case 'swav':
      return {remark: 'without small crops'};
    default:
      return {};
  }
};

/**
 * The library's table: one training each, without blur, settings "not tuned for maximum accuracy";
 * its other methods and ours that it lacks are left out.
 */
export const lightlyCifar10: readonly PublishedMethodRow[] = (
  [
    [128, 200, [0.847, 0.838, 0.869, 0.819, 0.842, 0.84, 0.812]],
    [512, 200, [0.848, 0.847, 0.868, 0.764, 0.819, 0.813, 0.842]],
    [512, 800, [0.879, 0.899, 0.91, 0.904, 0.859, 0.848, 0.884]],
  ] as const
).flatMap(([batch, epochs, accuracies]) =>
  lightlyMethods.map((method, i) => ({
    ...lightly,
    epochs,
    batch,
    method,
    accuracy: accuracies[i]!,
    ...lightlyRemark(method, batch),
  })),
);

const soloLearn = {
  source: 'solo-learn',
  repository: 'vturrisi/solo-learn',
  table: 'README.md',
  ...cifar,
  epochs: 1000,
  batch: 256,
  protocol: 'linear, trained along with the backbone without a gradient into it',
} as const;

/**
 * The library's table; batch from its configurations (scripts/pretrain/cifar), protocol from its
 * authors' answer in its issue 221.
 */
export const soloLearnCifar10: readonly PublishedMethodRow[] = (
  [
    ['mocoV3', 93.1, 'its issue 385 reports about 90 with its script'],
    ['moco', 92.94, 'MoCo v2+: loss over both views'],
    ['byol', 92.58],
    ['barlowTwins', 92.1],
    ['vicreg', 92.07],
    ['simclr', 90.74],
    ['simsiam', 90.51],
    ['dino', 89.52, 'without small crops'],
    ['swav', 89.17, 'without small crops'],
  ] as const
).map(([method, percent, remark]) => ({
  ...soloLearn,
  method,
  accuracy: share(percent),
  ...(remark !== undefined && {remark}),
}));

/**
 * Chen & He 2021, "Exploring Simple Siamese Representation Learning", arXiv:2011.10566, app. D:
 * both methods in the same setting, without blur.
 */
export const simsiam2021Cifar10: readonly PublishedMethodRow[] = (
  [
    ['simclr', 91.1],
    ['simsiam', 91.8],
  ] as const
).map(([method, percent]) => ({
  source: 'Chen & He 2021',
  arxiv: '2011.10566',
  table: 'Figure D.1',
  ...cifar,
  epochs: 800,
  batch: 512,
  protocol: 'linear',
  method,
  accuracy: share(percent),
}));

/** All published rows about whole methods. */
export const publishedMethods: readonly PublishedMethodRow[] = [
  ...lightlyCifar10,
  ...soloLearnCifar10,
  ...simsiam2021Cifar10,
];
