// MaskFeat: as SimMIM, but what is said of a hidden patch are its histograms of oriented gradients.
// Wei et al. 2022, "Masked Feature Prediction for Self-Supervised Visual Pre-Training",
// arXiv:2112.09133; facebookresearch/SlowFast, slowfast/models/masked.py,
// configs/masked_ssl/in1k_VIT_B_MaskFeat_PT.yaml.

import type {Vit} from '../../backbones/vit';
import {normalOf} from '../../layers/initial';
import {hogTarget, type HogTargetOptions} from './hogTarget';
import {tokenPrediction, type TokenPrediction} from './tokenPrediction';

/** Options of {@link maskFeat}. */
export interface MaskFeatOptions extends HogTargetOptions {
  backbone: Vit;
}

/**
 * The loss is the mean squared difference over the masked patches, of histograms of length 1. In
 * the authors' recipe masks are block-wise, of 40 % of the patches, views are crops of [0.5, 1] and
 * flips, and all gradients together are clipped at 0.02. Biases and parameters of norms do not
 * decay.
 */
export function maskFeat({backbone, ...histograms}: MaskFeatOptions): TokenPrediction {
  return {
    ...tokenPrediction('maskFeat', {
      backbone,
      target: hogTarget(histograms),
      distance: 'squared',
      initial: normalOf(0.02),
    }),
    rule: (_name, _step, {rank}) => ({decay: rank > 1 ? 1 : 0}),
  };
}
