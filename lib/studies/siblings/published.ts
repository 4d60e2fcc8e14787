// What papers report when parts of their methods are taken away: reference marks beside our own
// measurements, never mixed with them.

import type {MethodName} from '../../methods/catalogue';
import {partsText, type Parts} from './study';
import {share} from '../../study/share';

type Reported = {
  /** Authors and year. */
  source: string;
  arxiv: string;
  /** Where it is printed: a table, or what stands in its place. */
  table: string;
  dataset: string;
  encoder: string;
  /** What is taken apart. */
  method: MethodName;
  /** The value of what is varied: {@link partsText}, a number as `String` writes it, or words. */
  setting: string;
  /**
   * Top-1 accuracy, a share 0 to 1; null where the training gave none, which the remark explains.
   */
  accuracy: number | null;
  /** 'k-NN' is DINO's, of the 20 nearest. */
  protocol: 'linear' | 'k-NN';
  /** Of the training, where the table says so. */
  epochs?: number;
  remark?: string;
};

export type PublishedPartsRow = Reported & Parts & {ablation: 'parts'};
/** One row of a paper's ablation. */
export type PublishedAblationRow =
  PublishedPartsRow | (Reported & {ablation: 'predictor' | 'batchNorm' | 'batch' | 'momentum' | 'teacher'});

type Cell = readonly [setting: string, percent: number | null, remark?: string];
type PartsCell = readonly [
  loss: Parts['loss'],
  predictor: boolean,
  target: Parts['target'],
  percent: number | null,
  remark?: string,
];
type Paper = Omit<Reported, 'table' | 'setting' | 'accuracy' | 'remark'>;

const measured = (percent: number | null, remark: string | undefined) => ({
  accuracy: percent === null ? null : share(percent),
  ...(remark !== undefined && {remark}),
});
const rows = (
  paper: Paper,
  table: string,
  ablation: Exclude<PublishedAblationRow['ablation'], 'parts'>,
  cells: readonly Cell[],
): PublishedAblationRow[] =>
  cells.map(([setting, percent, remark]) => ({...paper, table, ablation, setting, ...measured(percent, remark)}));
const parts = (paper: Paper, table: string, cells: readonly PartsCell[]): PublishedPartsRow[] =>
  cells.map(([loss, predictor, target, percent, remark]) => ({
    ...paper,
    table,
    ablation: 'parts',
    loss,
    predictor,
    target,
    setting: partsText({loss, predictor, target}),
    ...measured(percent, remark),
  }));

const chenHe: Paper = {
  source: 'Chen & He 2021',
  arxiv: '2011.10566',
  dataset: 'ImageNet',
  encoder: 'ResNet-50',
  method: 'simsiam',
  protocol: 'linear',
  epochs: 100,
};

/**
 * Chen & He 2021, "Exploring Simple Siamese Representation Learning", arXiv:2011.10566: sec. 4
 * takes SimSiam apart, sec. 6.2 their SimCLR and SwAV. Batch 512 where it is not varied.
 */
export const simsiam2021Ablations: readonly PublishedAblationRow[] = [
  ...parts(chenHe, 'Figure 2', [
    ['cosine', true, 'stop-gradient', 67.7, 'standard deviation of five trainings 0.1'],
    ['cosine', true, 'gradient', 0.1],
  ]),
  ...parts(chenHe, 'Table 1', [['cosine', false, 'stop-gradient', 0.1]]),
  ...parts({...chenHe, method: 'simclr'}, 'Section 6.2', [
    ['negatives', false, 'gradient', 66.5],
    ['negatives', true, 'gradient', 66.4],
    ['negatives', true, 'stop-gradient', 66],
  ]),
  ...parts({...chenHe, method: 'swav'}, 'Section 6.2', [
    ['clusters', false, 'stop-gradient', 66.5, 'without multi-crop'],
    ['clusters', true, 'stop-gradient', 65.2, 'without multi-crop'],
    ['clusters', false, 'gradient', null, 'not a number: with a gradient through Sinkhorn-Knopp the training diverges'],
  ]),
  ...rows(chenHe, 'Table 1', 'predictor', [
    ['none', 0.1, 'collapses'],
    ['fixed random', 1.5, 'does not converge, without collapse'],
    ['constant rate', 68.1],
    ['decayed rate', 67.7],
  ]),
  ...rows(chenHe, 'Table 3', 'batchNorm', [
    ['none', 34.6, 'no collapse; with ten epochs of warm-up'],
    ['hidden layers', 67.4],
    ['default', 68.1],
    ['all layers', null, 'unstable: the loss oscillates, without collapse'],
  ]),
  ...rows(chenHe, 'Table 2', 'batch', [
    ['64', 66.1],
    ['128', 67.3],
    ['256', 68.1],
    ['512', 68.1],
    ...(
      [
        ['1024', 68],
        ['2048', 67.9],
        ['4096', 64],
      ] as const
    ).map(([batch, percent]) => [batch, percent, 'with ten epochs of warm-up'] as const),
  ]),
];

const grill: Paper = {
  source: 'Grill et al. 2020',
  arxiv: '2006.07733',
  dataset: 'ImageNet',
  encoder: 'ResNet-50',
  method: 'byol',
  protocol: 'linear',
  epochs: 300,
};

/**
 * Grill et al. 2020, "Bootstrap Your Own Latent", arXiv:2006.07733, sec. 5 and app. F.4: batch
 * 4,096, means of three trainings, loss with negatives (β = 1) of temperature 0.1 over both views.
 * Without target network their table 5(b) lets the gradient flow into the targets; table 19 adds
 * the rows that stop it.
 */
export const byol2020Ablations: readonly PublishedAblationRow[] = [
  ...parts(grill, 'Table 5(b)', [
    ['cosine', true, 'teacher', 72.5],
    [
      'negatives',
      true,
      'teacher',
      70.9,
      'at the temperature that is best for SimCLR; their table 18 has up to 72.7 at others',
    ],
    ['negatives', false, 'teacher', 70.7],
    ['negatives', false, 'gradient', 69.4],
    ['negatives', true, 'gradient', 69.1, 'table 19 prints 69.0'],
    ['cosine', true, 'gradient', 0.3],
    ['cosine', false, 'teacher', 0.2],
    ['cosine', false, 'gradient', 0.1],
  ]),
  ...parts(grill, 'Table 19', [
    ['negatives', true, 'stop-gradient', 70.2, 'the table prints these parts twice, with 70.2 and with 70.1'],
    ['negatives', false, 'stop-gradient', 69.2],
    ['cosine', true, 'stop-gradient', 5.5, 'table 5(a) prints 0.3 for a stop-gradient in place of the average'],
    ['cosine', false, 'stop-gradient', 0.1],
  ]),
  ...rows(grill, 'Table 5(a)', 'momentum', [
    ['1', 18.8, 'the target is a random network that is never updated; half the range of three trainings 0.7'],
    ['0.999', 69.8, 'rises to 1'],
    ['0.99', 72.5, 'rises to 1'],
    ['0.9', 68.4, 'rises to 1'],
    ['0', 0.3, 'constant: a stop-gradient in place of the average; table 19 prints 5.5 for it'],
  ]),
];

const caron: Paper = {
  source: 'Caron et al. 2021',
  arxiv: '2104.14294',
  dataset: 'ImageNet',
  encoder: 'ViT-S/16',
  method: 'dino',
  protocol: 'linear',
  epochs: 300,
};
const caronSmall: Paper = {...caron, protocol: 'k-NN', epochs: undefined};

/**
 * Caron et al. 2021, "Emerging Properties in Self-Supervised Vision Transformers",
 * arXiv:2104.14294, app. B and D. With multi-crop, but for the parts. The tables of app. D do not
 * say how long was trained: their best is that of the paper's tables of 100 epochs.
 */
export const dino2021Ablations: readonly PublishedAblationRow[] = [
  ...parts({...caron, method: 'byol'}, 'Table 14', [
    ['cosine', true, 'teacher', 71.4],
    ['cosine', false, 'teacher', 0.1],
  ]),
  ...parts({...caron, method: 'moco'}, 'Table 14', [['negatives', false, 'teacher', 71.4, 'table 7 prints 71.6']]),
  ...rows(caron, 'Table 15', 'teacher', [
    ['centering', 76.1],
    ['softmax over the batch', 75.8],
    ['Sinkhorn-Knopp', 76],
    ['centering, no momentum', 0.1, 'the teacher is a copy of the student'],
    ['softmax over the batch, no momentum', 72.2, 'the teacher is a copy of the student'],
    ['Sinkhorn-Knopp, no momentum', 71.8, 'SwAV'],
  ]),
  ...rows(caronSmall, 'Appendix D, sharpening', 'teacher', [
    ['τ 0', 43.9, 'argmax'],
    ['τ 0.02', 66.7],
    ['τ 0.04', 69.6],
    ['τ 0.06', 68.7],
    ['τ 0.08', 0.1, 'the loss stays at log K'],
    ['τ 0.04 to 0.07', 69.7, 'over the first 30 epochs'],
  ]),
  ...rows(caronSmall, 'Appendix D, online centering', 'teacher', [
    ['center momentum 0', 69.1],
    ['center momentum 0.9', 69.7],
    ['center momentum 0.99', 69.4],
    ['center momentum 0.999', 0.1],
  ]),
];

/** All published rows about parts. */
export const publishedAblations: readonly PublishedAblationRow[] = [
  ...simsiam2021Ablations,
  ...byol2020Ablations,
  ...dino2021Ablations,
];
