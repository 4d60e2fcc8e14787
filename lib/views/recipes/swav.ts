// The crops of SwAV: two of a large part of the image, and smaller ones of small parts, all with
// SimCLR's colors. Caron et al. 2020, "Unsupervised Learning of Visual Features by Contrasting
// Cluster Assignments", arXiv:2006.09882, sec. 3.2 and app. A; facebookresearch/swav,
// src/multicropdataset.py. Differs from their code: theirs works on bytes; a kernel has a tenth of
// the global crop's pixels, which are their 23 at 224.

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
export interface SwavViewOptions extends RecipeOptions {
  /** Of the global crops. @default [0.14, 1] */
  area?: RecipeOptions['area'];
  /** @default 6 crops of the area [0.05, 0.14] */
  local?: LocalCropOptions;
}

/** SwAV's views: two global crops and local ones. */
export function swavViews({size, mean, standardDeviation, area = [0.14, 1], local}: SwavViewOptions): MultiCropRecipe {
  const small = localCrops(size, {count: 6, area: [0.05, 0.14]}, local);
  const taps = kernelSize(size); // the same for both kinds of crops, as theirs
  const crop = (side: number, share: Area): View =>
    compose({
      crop: randomResizedCrop({size: side, area: share}),
      flip: randomFlip(0.5),
      jitter: withProbability(0.8, colorJitter({brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2})),
      grayscale: randomGrayscale(0.2),
      blur: withProbability(0.5, randomBlur({sigma: [0.1, 2], kernelSize: taps})),
      normalize: normalize({mean, standardDeviation}),
    });
  return {global: Array(2).fill(crop(size, area)), local: Array(small.count).fill(crop(small.size, small.area))};
}
