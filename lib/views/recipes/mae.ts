// The one view of MAE, and of masked image modelling as a whole: a part of the image, mirrored or not. The mask does what colour does in contrastive methods.
// He et al. 2022, "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, app. A.1 and table 1e; facebookresearch/mae, main_pretrain.py.
// Xie et al. 2022 (SimMIM), arXiv:2111.09886; microsoft/SimMIM, data/data_simmim.py. Wei et al. 2022 (MaskFeat), arXiv:2112.09133; facebookresearch/SlowFast, in1k_VIT_B_MaskFeat_PT.yaml.

import {compose} from '../compose';
import {type Interpolation, randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {normalize} from '../normalize';
import type {Recipe, RecipeOptions} from '../recipe';

export interface MaeViewOptions extends RecipeOptions {
  /** @default [0.2, 1]; SimMIM has [0.67, 1], MaskFeat [0.5, 1] */
  area?: RecipeOptions['area'];
  /** Of the crop. @default 'bicubic'; SimMIM has 'bilinear' */
  interpolation?: Interpolation;
}

export function maeViews({size, mean, standardDeviation, area = [0.2, 1], interpolation = 'bicubic'}: MaeViewOptions): Recipe {
  const view = compose({crop: randomResizedCrop({size, area, interpolation}), flip: randomFlip(0.5), normalize: normalize({mean, standardDeviation})});
  return {first: view, second: view};
}
