// What AttMask reports for other ways to mask a student: reference marks beside our own
// measurements, never mixed with them.

import type {CropStrategyName} from './study';
import {share} from '../../study/share';

/** One strategy in one table. */
export type PublishedCropStrategyRow = {
  /** Authors and year. */
  source: string;
  arxiv: string;
  /** On GitHub, where it is the authors' page of their weights. */
  repository?: string;
  /** As it is printed; where a number is second-hand and its table is not named, what it shows. */
  table: string;
  method: 'iBOT' | 'DINO';
  dataset: 'ImageNet';
  /** Of its training images. */
  share: number;
  encoder: string;
  /** Where it could be read. */
  epochs?: number;
  strategy: CropStrategyName;
  /** Range of the shares of tokens that are masked. */
  ratio: readonly [smallest: number, largest: number];
  /** Top-1, shares 0 to 1; linear null where the table has none. */
  knn: number;
  linear: number | null;
  remark?: string;
};

const kakogeorgiou = {
  source: 'Kakogeorgiou et al. 2022',
  arxiv: '2203.12719',
  dataset: 'ImageNet',
  encoder: 'ViT-S/16',
  ratio: [0.1, 0.5],
} as const;
const secondHand = 'read where a survey quotes the table, not in the paper';

/** The authors' weights: gkakogeorgiou/attmask, README.md. */
const weights = (
  [
    [0.2, 100, 'AttMask-Hint', 49.5, 57.5],
    [0.2, 100, 'AttMask-High', 49.7, 57.9],
    [1, 100, 'AttMask-Hint', 72.8, 76.1],
    [1, 100, 'AttMask-High', 72.5, 75.7],
    [1, 300, 'AttMask-High', 75, 77.5],
  ] as const
).map(([part, epochs, strategy, knn, linear]): PublishedCropStrategyRow => ({
  ...kakogeorgiou,
  repository: 'gkakogeorgiou/attmask',
  table: 'README.md',
  method: 'iBOT',
  share: part,
  epochs,
  strategy,
  knn: share(knn),
  linear: share(linear),
}));

/**
 * Kakogeorgiou et al. 2022, "What to Hide from Your Students: Attention-Guided Masked Image
 * Modeling", arXiv:2203.12719. iBOT masks block-wise by default. What the paper prints for
 * AttMask-Low could not be read and is not here.
 */
export const attmask2022: readonly PublishedCropStrategyRow[] = [
  ...weights,
  ...(
    [
      ['random', 47.8, 56.7],
      ['block-wise', 46.7, 56.4],
    ] as const
  ).map(([strategy, knn, linear]): PublishedCropStrategyRow => ({
    ...kakogeorgiou,
    table: 'masking strategies',
    method: 'iBOT',
    share: 0.2,
    epochs: 100,
    strategy,
    knn: share(knn),
    linear: share(linear),
    remark: secondHand,
  })),
  ...(
    [
      ['random', 43.4],
      ['AttMask-High', 43.5],
      ['AttMask-Hint', 43.6],
    ] as const
  ).map(([strategy, knn]): PublishedCropStrategyRow => ({
    ...kakogeorgiou,
    table: 'Table 3',
    method: 'DINO',
    share: 0.2,
    strategy,
    knn: share(knn),
    linear: null,
    remark: secondHand,
  })),
];

/** iBOT on a fifth of ImageNet as the column of a paper in `ablationFigure`. */
export function attmaskColumn(accuracy: 'knn' | 'linear'): {
  heading: string;
  rows: {setting: string; accuracy: number}[];
} {
  const rows = attmask2022.filter(row => row.method === 'iBOT' && row.share === 0.2);
  return {
    heading: `AttMask, 20\u00a0% of ImageNet, ${accuracy === 'knn' ? 'k\u2011NN' : 'linear'}`,
    rows: rows.flatMap(row => (row[accuracy] === null ? [] : [{setting: row.strategy, accuracy: row[accuracy]}])),
  };
}
