// What papers report on the color jitter: reference marks beside our own measurements, never mixed
// with them.

/** One column of the table: one strength, learned without labels and with them. */
export type PublishedColorStrengthRow = {
  /** Authors and year. */
  source: string;
  arxiv: string;
  table: string;
  dataset: string;
  encoder: string;
  /** s of the color jitter. */
  strength: number;
  /** Whether views are blurred as well. */
  blur: boolean;
  /**
   * Top-1 accuracy, a share 0 to 1: SimCLR under linear evaluation, and the same encoder trained
   * with labels on the same augmentation.
   */
  accuracy: number;
  supervised: number;
};

/**
 * Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
 * arXiv:2002.05709, Table 1, without its column for AutoAugment.
 */
export const simclr2020Strengths: readonly PublishedColorStrengthRow[] = (
  [
    [1 / 8, false, 0.596, 0.77],
    [1 / 4, false, 0.61, 0.767],
    [1 / 2, false, 0.626, 0.765],
    [1, false, 0.632, 0.757],
    [1, true, 0.645, 0.754],
  ] as const
).map(([strength, blur, accuracy, supervised]) => ({
  source: 'Chen et al. 2020',
  arxiv: '2002.05709',
  table: 'Table 1',
  dataset: 'ImageNet',
  encoder: 'ResNet-50',
  strength,
  blur,
  accuracy,
  supervised,
}));

/** What is left of a method when its views are no longer changed in color. */
export type PublishedColorlessRow = {
  source: string;
  arxiv: string;
  dataset: string;
  encoder: string;
  method: 'SimCLR' | 'BYOL';
  /**
   * Change of the top-1 accuracy (linear evaluation) without color jitter and grayscale, a share.
   */
  change: number;
  /** Top-1 accuracy with crops alone, a share 0 to 1. */
  cropsAlone: number;
};

/**
 * Grill et al. 2020, "Bootstrap Your Own Latent", arXiv:2006.07733, ablation of the augmentations;
 * SimCLR as they trained it.
 */
export const byol2020Colorless: readonly PublishedColorlessRow[] = (
  [
    ['SimCLR', -0.222, 0.403],
    ['BYOL', -0.091, 0.594],
  ] as const
).map(([method, change, cropsAlone]) => ({
  source: 'Grill et al. 2020',
  arxiv: '2006.07733',
  dataset: 'ImageNet',
  encoder: 'ResNet-50',
  method,
  change,
  cropsAlone,
}));
