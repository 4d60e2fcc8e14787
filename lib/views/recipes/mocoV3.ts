// The views of MoCo v3: BYOL's, from crops that show more of the image.
// Chen, Xie & He 2021, "An Empirical Study of Training Self-Supervised Vision Transformers",
// arXiv:2104.02057; facebookresearch/moco-v3, main_moco.py. Differs from their code as mocoV2Views
// does.

import type {Recipe} from '../recipe';
import {byolViews, type ByolViewOptions} from './byol';

/** Options of {@link mocoV3Views}. */
export interface MocoV3ViewOptions extends Omit<ByolViewOptions, 'interpolation' | 'padding'> {
  /** @default [0.2, 1], for a ResNet; for a ViT theirs is [0.08, 1] */
  area?: ByolViewOptions['area'];
}

/** The views of MoCo v3, those of BYOL with other crops. */
export function mocoV3Views({area = [0.2, 1], ...options}: MocoV3ViewOptions): Recipe {
  return byolViews({...options, area, interpolation: 'bilinear', padding: 'reflect'});
}
