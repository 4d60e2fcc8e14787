// What I-JEPA reports for other targets, contexts and predictors: reference marks beside our own
// measurements, never mixed with them.

import {share} from '../../study/share';

/** One setting in one table. */
export type PublishedJepaRow = {
  /** Authors and year. */
  source: string;
  arxiv: string;
  table: string;
  method: 'I-JEPA';
  dataset: 'ImageNet';
  encoder: string;
  epochs: number;
  /** What is turned, and to what. */
  ablation:
    | 'strategy'
    | 'target'
    | 'target scale'
    | 'context scale'
    | 'targets'
    | 'target masking'
    | 'predictor depth'
    | 'predictor width';
  setting: string;
  /** Top-1 from 1 % of the labels, a share 0 to 1. */
  accuracy: number;
  /** How these labels are used. */
  protocol: 'linear' | 'fine-tuned';
  remark?: string;
};

const assran = {source: 'Assran et al. 2023', arxiv: '2301.08243', method: 'I-JEPA', dataset: 'ImageNet'} as const;
type Of = Pick<PublishedJepaRow, 'table' | 'ablation' | 'encoder' | 'epochs' | 'protocol'>;
const rows = (
  of: Of,
  cells: readonly (readonly [
    setting: string,
    percent: number,
    other?: Partial<Pick<PublishedJepaRow, 'epochs' | 'remark'>>,
  ])[],
): PublishedJepaRow[] =>
  cells.map(([setting, percent, other]) => ({...assran, ...of, setting, accuracy: share(percent), ...other}));

const base = {encoder: 'ViT-B/16', epochs: 300, protocol: 'linear'} as const;
const large = {encoder: 'ViT-L/16', epochs: 500, protocol: 'linear'} as const;

/**
 * Assran et al. 2023, "Self-Supervised Learning from Images with a Joint-Embedding Predictive
 * Architecture", arXiv:2301.08243: tables 6 to 12 and 14. Scales are shares of the image's area;
 * where they are not turned there are four targets of 0.15 to 0.2 and a context of 0.85 to 1, from
 * which the targets are cut.
 */
export const ijepa2023: readonly PublishedJepaRow[] = [
  ...rows({...base, table: 'Table 6', ablation: 'strategy'}, [
    ['multi-block', 54.2, {remark: 'the context has a quarter of the patches'}],
    ['rasterised', 15.5, {remark: 'from one quadrant the other three'}],
    ['block', 20.2, {remark: 'one block of 60 %, from the others'}],
    ['random', 17.6, {remark: 'patches at random, 60 %, from the others'}],
  ]),
  ...rows({...large, table: 'Table 7', ablation: 'target'}, [
    ['output of the target encoder', 66.9],
    ['pixels', 40.7, {epochs: 800}],
  ]),
  ...rows({...base, table: 'Table 8', ablation: 'target scale'}, [
    ['0.075 to 0.2', 19.2],
    ['0.1 to 0.2', 39.2],
    ['0.125 to 0.2', 42.4],
    ['0.15 to 0.2', 54.2],
    ['0.2 to 0.25', 38.9],
    ['0.2 to 0.3', 33.6],
  ]),
  ...rows({...base, table: 'Table 9', ablation: 'context scale'}, [
    ['0.4 to 1', 31.2],
    ['0.65 to 1', 47.1],
    ['0.75 to 1', 49.3],
    ['0.85 to 1', 54.2],
  ]),
  ...rows({...base, table: 'Table 10', ablation: 'targets'}, [
    ['1', 9],
    ['2', 22],
    ['3', 48.5],
    ['4', 54.2],
  ]),
  ...rows({...base, encoder: 'ViT-H/16', table: 'Table 11', ablation: 'target masking'}, [
    ['output of the target encoder', 67.3],
    ['input of the target encoder', 56.1],
  ]),
  ...rows({...large, table: 'Table 12', ablation: 'predictor depth'}, [
    ['6', 64],
    ['12', 66.9],
  ]),
  ...rows({...large, epochs: 600, protocol: 'fine-tuned', table: 'Table 14', ablation: 'predictor width'}, [
    ['384', 70.7],
    ['1024', 68.4],
  ]),
];
