// What papers report for other masks, targets and decoders of masked image modeling: reference
// marks beside our own measurements, never mixed with them.

import {share} from '../../study/share';

/** One setting in one table. */
export type PublishedMaskRow = {
  /** Authors and year. */
  source: string;
  arxiv: string;
  table: string;
  method: string;
  dataset: string;
  encoder: string;
  epochs: number;
  /** What is turned, and to what. */
  ablation: 'ratio' | 'strategy' | 'decoder depth' | 'decoder width' | 'mask token' | 'target';
  setting: string;
  /** Share of tokens that is hidden. */
  ratio: number;
  /** Top-1, shares 0 to 1. */
  fineTuned: number;
  linear: number;
};

const he2022 = {
  source: 'He et al. 2022',
  arxiv: '2111.06377',
  method: 'MAE',
  dataset: 'ImageNet',
  encoder: 'ViT-L/16',
  epochs: 800,
} as const;

const maeRow = (
  table: string,
  ablation: PublishedMaskRow['ablation'],
  setting: string,
  fineTuned: number,
  linear: number,
  ratio = 0.75,
): PublishedMaskRow => ({
  ...he2022,
  table,
  ablation,
  setting,
  ratio,
  fineTuned: share(fineTuned),
  linear: share(linear),
});

/**
 * He et al. 2022, "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377: fig. 5 and
 * table 1. Pixels are not normalized but where it says so.
 */
export const mae2022: readonly PublishedMaskRow[] = [
  ...(
    [
      [10, 83.2, 54.6],
      [20, 83.4, 58.9],
      [30, 83.4, 61.7],
      [40, 84.7, 67],
      [50, 84.9, 69.9],
      [60, 85, 71.8],
      [70, 84.9, 73.2],
      [75, 84.9, 73.5],
      [80, 84.5, 71.8],
      [90, 83, 66.1],
    ] as const
  ).map(([percent, fineTuned, linear]) =>
    maeRow('Figure 5', 'ratio', `random ${percent} %`, fineTuned, linear, share(percent)),
  ),
  ...(
    [
      ['random 75 %', 84.9, 73.5, 0.75],
      ['block 50 %', 83.9, 72.3, 0.5],
      ['block 75 %', 82.8, 63.9, 0.75],
      ['grid 75 %', 84, 66, 0.75],
    ] as const
  ).map(([setting, fineTuned, linear, ratio]) => maeRow('Table 1f', 'strategy', setting, fineTuned, linear, ratio)),
  ...(
    [
      [1, 84.8, 65.5],
      [2, 84.9, 70],
      [4, 84.9, 71.9],
      [8, 84.9, 73.5],
      [12, 84.4, 73.3],
    ] as const
  ).map(([depth, fineTuned, linear]) => maeRow('Table 1a', 'decoder depth', String(depth), fineTuned, linear)),
  ...(
    [
      [128, 84.9, 69.1],
      [256, 84.8, 71.3],
      [512, 84.9, 73.5],
      [768, 84.4, 73.1],
      [1024, 84.3, 73.1],
    ] as const
  ).map(([width, fineTuned, linear]) => maeRow('Table 1b', 'decoder width', String(width), fineTuned, linear)),
  ...(
    [
      ['in the encoder', 84.2, 59.6],
      ['in the decoder', 84.9, 73.5],
    ] as const
  ).map(([setting, fineTuned, linear]) => maeRow('Table 1c', 'mask token', setting, fineTuned, linear)),
  ...(
    [
      ['pixels', 84.9, 73.5],
      ['normalized pixels', 85.4, 73.9],
      ['PCA', 84.6, 72.3],
      ['dVAE tokens', 85.3, 71.6],
    ] as const
  ).map(([setting, fineTuned, linear]) => maeRow('Table 1d', 'target', setting, fineTuned, linear)),
];
