// The views of MoCo v2.
// Chen, Fan, Girshick, He 2020, "Improved Baselines with Momentum Contrastive Learning",
// arXiv:2003.04297; facebookresearch/moco, main_moco.py (aug_plus). Differs from their code: theirs
// works on bytes, and its blur (PIL) reaches as far as σ asks for, over repeated borders.

import {randomBlur} from '../blur';
import {colorJitter} from '../colorJitter';
import {compose} from '../compose';
import {randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {randomGrayscale} from '../grayscale';
import {normalize} from '../normalize';
import type {Recipe, RecipeOptions} from '../recipe';
import {withProbability} from '../withProbability';

/** Options of {@link mocoV2Views}. */
export interface MocoV2ViewOptions extends RecipeOptions {
  /** @default [0.2, 1] */
  area?: RecipeOptions['area'];
}

/** The views of MoCo v2. */
export function mocoV2Views({size, mean, standardDeviation, area = [0.2, 1]}: MocoV2ViewOptions): Recipe {
  const view = compose({
    crop: randomResizedCrop({size, area}),
    jitter: withProbability(0.8, colorJitter({brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1})),
    grayscale: randomGrayscale(0.2),
    blur: withProbability(0.5, randomBlur({sigma: [0.1, 2]})),
    flip: randomFlip(0.5),
    normalize: normalize({mean, standardDeviation}),
  });
  return {first: view, second: view};
}
