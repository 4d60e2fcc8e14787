// The crops of DINO: BYOL's two views of a large part of the image, and smaller ones of small
// parts. Caron et al. 2021, "Emerging Properties in Self-Supervised Vision Transformers",
// arXiv:2104.14294, sec. 3.1; facebookresearch/dino, main_dino.py (DataAugmentationDINO). Differs
// from their code: theirs works on bytes, and its blur (PIL) reaches as far as σ asks for, over
// repeated borders; here a kernel has a tenth of the global crop's pixels.

import {kernelSize, randomBlur} from '../blur';
import {colorJitter} from '../colorJitter';
import {compose} from '../compose';
import {randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {randomGrayscale} from '../grayscale';
import {normalize} from '../normalize';
import {type Area, localCrops, type LocalCropOptions, type MultiCropRecipe, type RecipeOptions} from '../recipe';
import {solarize} from '../solarize';
import type {View} from '../view';
import {withProbability} from '../withProbability';

/** `size` is that of the global crops. */
export interface DinoViewOptions extends RecipeOptions {
  /**
   * Of the global crops.
   * @default [0.4, 1]; [0.14, 1] without local crops, as the authors' code recommends
   */
  area?: RecipeOptions['area'];
  /** @default 8 crops of the area [0.05, 0.4] */
  local?: LocalCropOptions;
}

/** DINO's views: two global crops and local ones. */
export function dinoViews({size, mean, standardDeviation, local, area}: DinoViewOptions): MultiCropRecipe {
  const small = localCrops(size, {count: 8, area: [0.05, 0.4]}, local);
  const much: Area = area ?? (small.count > 0 ? [0.4, 1] : [0.14, 1]);
  const taps = kernelSize(size); // the same for both kinds of crops: σ is in pixels
  const crop = (side: number, share: Area, probability: {blur: number; solarize: number}): View =>
    compose({
      crop: randomResizedCrop({size: side, area: share, interpolation: 'bicubic'}),
      flip: randomFlip(0.5),
      jitter: withProbability(0.8, colorJitter({brightness: 0.4, contrast: 0.4, saturation: 0.2, hue: 0.1})),
      grayscale: randomGrayscale(0.2),
      blur: withProbability(probability.blur, randomBlur({sigma: [0.1, 2], kernelSize: taps})),
      solarize: withProbability(probability.solarize, images => solarize(images, 0.5)),
      normalize: normalize({mean, standardDeviation}),
    });
  return {
    global: [crop(size, much, {blur: 1, solarize: 0}), crop(size, much, {blur: 0.1, solarize: 0.2})],
    local: Array(small.count).fill(crop(small.size, small.area, {blur: 0.5, solarize: 0})),
  };
}
