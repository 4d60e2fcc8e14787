// The crops of MSN: large parts of the image, and focal ones of small parts, all with SimCLR's
// colors at half their strength. Assran et al. 2022, "Masked Siamese Networks for Label-Efficient
// Learning", arXiv:2204.07141, app. A; facebookresearch/msn, src/data_manager.py and
// configs/pretrain/msn_vits16.yaml. Differs from their code: theirs works on bytes, and its blur
// (PIL) reaches as far as σ asks for; here a kernel has a tenth of the global crop's pixels.

import {kernelSize, randomBlur} from '../blur';
import {colorJitter} from '../colorJitter';
import {compose} from '../compose';
import {randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {randomGrayscale} from '../grayscale';
import {normalize} from '../normalize';
import {type Area, localCrops, type LocalCropOptions, type MultiCropRecipe, type RecipeOptions} from '../recipe';
import type {View} from '../view';
import {withProbability} from '../withProbability';

/** `size` is that of the global crops. */
export interface MsnViewOptions extends RecipeOptions {
  /** Of the global crops. @default [0.3, 1] */
  area?: RecipeOptions['area'];
  /** @default 10 crops of the area [0.05, 0.3] */
  local?: LocalCropOptions;
}

/** Two global crops: the target, and an anchor. */
export function msnViews({size, mean, standardDeviation, area = [0.3, 1], local}: MsnViewOptions): MultiCropRecipe {
  const small = localCrops(size, {count: 10, area: [0.05, 0.3]}, local);
  const taps = kernelSize(size); // the same for both kinds of crops: σ is in pixels
  const crop = (side: number, share: Area): View =>
    compose({
      crop: randomResizedCrop({size: side, area: share}),
      flip: randomFlip(0.5),
      jitter: withProbability(0.8, colorJitter({brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1})),
      grayscale: randomGrayscale(0.2),
      blur: withProbability(0.5, randomBlur({sigma: [0.1, 2], kernelSize: taps})),
      normalize: normalize({mean, standardDeviation}),
    });
  return {global: Array(2).fill(crop(size, area)), local: Array(small.count).fill(crop(small.size, small.area))};
}
