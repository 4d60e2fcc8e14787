// MoCo v3: each view's prediction picks its image out of what a slowly moving copy of the encoder
// makes of the batch's other views; for ResNets and ViTs. Chen, Xie & He 2021, "An Empirical Study
// of Training Self-Supervised Vision Transformers", arXiv:2104.02057; facebookresearch/moco-v3.
// Differs from their code: hidden layers are twice as wide as the backbone, which is their 4096 for
// ResNet-50; their ViTs of 384 to 1024 have 4096 too.

import {check} from '../../check';
import type {Backbone, Method} from '../../module';
import {cosine, type Schedule} from '../../schedules';
import type {TwoViews} from '../../views/sources/twoViews';
import {scaledLoss} from '../parts/scaledLoss';
import {siamese, type SiameseOutputs, type SiameseParams, type SiameseState} from '../parts/siamese';

/** Options of {@link mocoV3}. */
export interface MocoV3Options {
  backbone: Backbone;
  /**
   * The paper's heads for it: a ViT's projector has three layers in place of two, and its predictor
   * a last BatchNorm.
   * @default 'resnet'
   */
  architecture?: 'resnet' | 'vit';
  /** Width of the heads' hidden layers. @default twice the backbone's */
  hidden?: number;
  /** d. @default 256 */
  width?: number;
  /** τ. @default 1 for a ResNet, 0.2 for a ViT */
  temperature?: number;
  /**
   * Of the key encoder: the share that stays at each step.
   * @default cosine from 0.99 to 1; 0.996 to 1 for 1000 epochs
   */
  momentum?: number | Schedule;
}

export const mocoV3Temperatures = {resnet: 1, vit: 0.2};

/**
 * The loss is ctr(q₁, k₂) + ctr(q₂, k₁), each 2τ times the cross-entropy of picking the own key
 * among the batch's n: 4τ·log n when all are alike. A ViT's patch embedding stays random (sec.
 * 4.2), whatever `architecture` says of the heads.
 *
 * @see Chen et al. 2021, algorithm 1 and sec. 3; heads and numbers: moco/builder.py, main_moco.py
 * and CONFIG.md.
 */
export function mocoV3({
  backbone,
  architecture = 'resnet',
  hidden = 2 * backbone.width,
  width = 256,
  temperature = mocoV3Temperatures[architecture],
  momentum = cosine({from: 0.99, to: 1}),
}: MocoV3Options): Method<TwoViews, SiameseParams, SiameseState, SiameseOutputs> {
  check(
    architecture === 'resnet' || architecture === 'vit',
    'mocoV3',
    `expected architecture 'resnet' or 'vit', got '${architecture as string}'`,
  );
  const vit = architecture === 'vit';
  const hub = siamese({
    backbone,
    projector: {widths: vit ? [hidden, hidden, width] : [hidden, width], last: 'plainBatchNorm'},
    predictor: {hidden: [hidden], last: vit ? 'plainBatchNorm' : 'nothing', rate: 1},
    teacher: momentum,
    negatives: {temperature, among: 'otherView'},
  });
  return scaledLoss(
    {
      ...hub,
      rule: (name, step, value) =>
        name.startsWith('backbone.patch_embed.') ? {frozen: true} : hub.rule!(name, step, value),
    },
    {factor: 4 * temperature},
  );
}
