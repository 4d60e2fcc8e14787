// Random crops and flips and nothing else: the usual views where labels are known, and those of
// masked autoencoders. He et al. 2022, "Masked Autoencoders Are Scalable Vision Learners",
// arXiv:2111.06377, tables 8 and 1e; timm's and torchvision's default for training,
// RandomResizedCrop and RandomHorizontalFlip.

import {compose} from '../compose';
import {type Interpolation, randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {normalize} from '../normalize';
import type {Recipe, RecipeOptions} from '../recipe';

/** Options of {@link cropFlipViews}. */
export interface CropFlipViewOptions extends RecipeOptions {
  /** @default [0.08, 1] */
  area?: RecipeOptions['area'];
  /**
   * Share of the views that are mirrored: 0 where a mirrored image is of another class, as with
   * digits.
   * @default 0.5
   */
  flip?: number;
  /** Of the crop. @default 'bicubic' */
  interpolation?: Interpolation;
}

/** A random crop and a flip: the views of masked autoencoders. */
export function cropFlipViews({
  size,
  mean,
  standardDeviation,
  area = [0.08, 1],
  flip = 0.5,
  interpolation = 'bicubic',
}: CropFlipViewOptions): Recipe {
  const view = compose({
    crop: randomResizedCrop({size, area, interpolation}),
    flip: randomFlip(flip),
    normalize: normalize({mean, standardDeviation}),
  });
  return {first: view, second: view};
}
