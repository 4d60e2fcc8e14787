// What papers report for other temperatures: reference marks beside our own measurements, never
// mixed with them.

import {share} from '../../study/share';

/** One cell column of a paper's table: a loss and a temperature, and what was measured. */
export type PublishedTemperatureRow = {
  /** Authors and year. */
  source: string;
  arxiv: string;
  table: string;
  dataset: string;
  encoder: string;
  /**
   * 'contrastive' is NT-Xent or InfoNCE; 'hard' ones see only the nearest 4,095 negatives; 'simple'
   * ones have no temperature.
   */
  loss: 'contrastive' | 'simple' | 'hardContrastive' | 'hardSimple';
  /** τ; null where the loss has none. */
  temperature: number | null;
  /** Linear evaluation, a share 0 to 1. */
  accuracy: number;
  /**
   * −log E exp(−2 ‖x − y‖²): larger is more uniform. The paper prints no factor; 2 is the one that
   * fits the largest value of the table.
   */
  uniformity?: number;
  /** Mean cosine similarity of two samples of one class. */
  tolerance?: number;
  /** A doubt about the printed number. */
  remark?: string;
};

const wangLiu = {source: 'Wang & Liu 2021', arxiv: '2012.09740', table: 'Table 1'} as const;
const temperatures = [0.07, 0.3, 0.7, 1] as const;
type Four = readonly [number, number, number, number];
type Measures<T> = {accuracy: T; uniformity: T; tolerance: T};

/** The rows of one data set as the table prints them: accuracies in percent. */
const dataset = (
  name: string,
  encoder: string,
  contrastive: Measures<Four>,
  simple: Measures<number>,
  hardContrastive: Measures<Four>,
  hardSimple: Measures<number>,
): PublishedTemperatureRow[] => {
  const row = (
    loss: PublishedTemperatureRow['loss'],
    temperature: number | null,
    accuracy: number,
    uniformity: number,
    tolerance: number,
  ): PublishedTemperatureRow => ({
    ...wangLiu,
    dataset: name,
    encoder,
    loss,
    temperature,
    accuracy: share(accuracy),
    uniformity,
    tolerance,
  });
  const sweep = (loss: PublishedTemperatureRow['loss'], m: Measures<Four>) =>
    temperatures.map((τ, i) => row(loss, τ, m.accuracy[i]!, m.uniformity[i]!, m.tolerance[i]!));
  const single = (loss: PublishedTemperatureRow['loss'], m: Measures<number>) =>
    row(loss, null, m.accuracy, m.uniformity, m.tolerance);
  return [
    ...sweep('contrastive', contrastive),
    single('simple', simple),
    ...sweep('hardContrastive', hardContrastive),
    single('hardSimple', hardSimple),
  ];
};

const resnet18 = 'ResNet-18, 3x3 stem';

/**
 * Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740, Table 1:
 * memory bank, 200 epochs.
 */
export const wangLiu2021: readonly PublishedTemperatureRow[] = [
  ...dataset(
    'CIFAR-10',
    resnet18,
    {
      accuracy: [79.75, 83.27, 82.69, 82.21],
      uniformity: [3.86, 3.6, 3.17, 2.96],
      tolerance: [0.04, 0.178, 0.333, 0.372],
    },
    {accuracy: 74.83, uniformity: 1.68, tolerance: 0.61},
    {
      accuracy: [79.2, 83.63, 84.19, 84.19],
      uniformity: [3.88, 3.89, 3.87, 3.86],
      tolerance: [0.034, 0.0267, 0.03, 0.03],
    },
    {accuracy: 84.84, uniformity: 3.85, tolerance: 0.03},
  ),
  ...dataset(
    'CIFAR-100',
    resnet18,
    {
      accuracy: [51.82, 56.44, 50.99, 48.33],
      uniformity: [3.86, 3.6, 3.18, 2.96],
      tolerance: [0.1, 0.269, 0.331, 0.343],
    },
    {accuracy: 39.31, uniformity: 2.12, tolerance: 0.39},
    {
      accuracy: [50.77, 56.55, 57.54, 56.77],
      uniformity: [3.87, 3.88, 3.87, 3.86],
      tolerance: [0.088, 0.124, 0.158, 0.172],
    },
    {accuracy: 55.71, uniformity: 3.86, tolerance: 0.174},
  ),
  ...dataset(
    'SVHN',
    resnet18,
    {
      accuracy: [92.55, 95.47, 94.17, 92.07],
      uniformity: [3.88, 3.65, 3.27, 3.05],
      tolerance: [0.032, 0.137, 0.186, 0.197],
    },
    {accuracy: 70.83, uniformity: 1.5, tolerance: 0.074},
    {
      accuracy: [91.82, 94.79, 95.02, 95.26],
      uniformity: [3.89, 3.91, 3.9, 3.88],
      tolerance: [0.025, 0.021, 0.021, 0.023],
    },
    {accuracy: 94.99, uniformity: 3.85, tolerance: 0.026},
  ).map(row =>
    row.loss === 'simple'
      ? {...row, remark: 'a tolerance of 0.074 does not fit its uniformity: probably a misprint'}
      : row,
  ),
  ...dataset(
    'ImageNet-100',
    'ResNet-50',
    {
      accuracy: [71.53, 75.1, 69.03, 63.57],
      uniformity: [3.917, 3.693, 3.323, 3.08],
      tolerance: [0.093, 0.38, 0.427, 0.456],
    },
    {accuracy: 48.09, uniformity: 1.742, tolerance: 0.528},
    {
      accuracy: [68.33, 74.21, 74.7, 74.28],
      uniformity: [3.929, 3.932, 3.927, 3.923],
      tolerance: [0.067, 0.096, 0.121, 0.134],
    },
    {accuracy: 74.31, uniformity: 3.917, tolerance: 0.157},
  ),
];

/**
 * Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
 * arXiv:2002.05709, Table 5: with normalized embeddings, batch 4,096.
 */
export const simclr2020: readonly PublishedTemperatureRow[] = (
  [
    [0.05, 59.7],
    [0.1, 64.4],
    [0.5, 60.7],
    [1, 58],
  ] as const
).map(([temperature, accuracy]) => ({
  source: 'Chen et al. 2020',
  arxiv: '2002.05709',
  table: 'Table 5',
  dataset: 'ImageNet',
  encoder: 'ResNet-50',
  loss: 'contrastive',
  temperature,
  accuracy: share(accuracy),
}));

/**
 * Wang & Liu's code (WangFeng18/UnsupervisedLearningCodes, README): CIFAR-100, instance
 * discrimination with a memory bank, a finer grid than the paper's table, whose values it shares.
 */
export const wangLiuCode: readonly PublishedTemperatureRow[] = (
  [
    [0.05, 49.8],
    [0.07, 51.82],
    [0.1, 52.46],
    [0.2, 56.05],
    [0.3, 56.44],
    [0.4, 55.47],
    [0.5, 54.17],
    [0.6, 53.05],
    [0.7, 50.99],
    [0.8, 50.08],
  ] as const
).map(([temperature, accuracy]) => ({
  ...wangLiu,
  table: 'README of the code',
  dataset: 'CIFAR-100',
  encoder: resnet18,
  loss: 'contrastive',
  temperature,
  accuracy: share(accuracy),
}));

/** All published rows about temperature. */
export const publishedTemperatures: readonly PublishedTemperatureRow[] = [
  ...wangLiu2021,
  ...wangLiuCode,
  ...simclr2020,
];
