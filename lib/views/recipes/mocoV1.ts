// The views of MoCo v1, which are those of instance discrimination before it.
// He et al. 2020, arXiv:1911.05722; facebookresearch/moco, main_moco.py. Wu et al. 2018,
// arXiv:1805.01978; zhirongw/lemniscate.pytorch, which does not flip CIFAR's images.

import {colorJitter} from '../colorJitter';
import {compose} from '../compose';
import {randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {randomGrayscale} from '../grayscale';
import {normalize} from '../normalize';
import type {Recipe, RecipeOptions} from '../recipe';

/** Options of {@link mocoV1Views}. */
export interface MocoV1ViewOptions extends RecipeOptions {
  /** @default [0.2, 1] */
  area?: RecipeOptions['area'];
}

/** The views of MoCo v1. */
export function mocoV1Views({size, mean, standardDeviation, area = [0.2, 1]}: MocoV1ViewOptions): Recipe {
  const view = compose({
    crop: randomResizedCrop({size, area}),
    grayscale: randomGrayscale(0.2),
    jitter: colorJitter({brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.4}),
    flip: randomFlip(0.5),
    normalize: normalize({mean, standardDeviation}),
  });
  return {first: view, second: view};
}
