// The two different views of BYOL: the first always blurred, the second seldom blurred and
// sometimes solarized. Grill et al. 2020, "Bootstrap Your Own Latent", arXiv:2006.07733, app. B;
// google-deepmind/deepmind-research, byol/utils/augmentations.py. Differs from their code:
// brightness, contrast and saturation are torchvision's (theirs: brightness is added, contrast
// round each channel's own mean, saturation of HSV); a box that does not fit is drawn again
// (theirs: cut to fit); shrinking is antialiased.

import {type Padding, randomBlur} from '../blur';
import {colorJitter} from '../colorJitter';
import {compose} from '../compose';
import {type Interpolation, randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {randomGrayscale} from '../grayscale';
import {normalize} from '../normalize';
import type {Recipe, RecipeOptions} from '../recipe';
import {solarize} from '../solarize';
import type {View} from '../view';
import {withProbability} from '../withProbability';

/** Options of {@link byolViews}. */
export interface ByolViewOptions extends RecipeOptions {
  /** @default [0.08, 1] */
  area?: RecipeOptions['area'];
  /** Of the crop. @default 'bicubic' */
  interpolation?: Interpolation;
  /** What lies beyond the border for the blur. @default 'zero' */
  padding?: Padding;
}

/** @see Table 6. */
export function byolViews({
  size,
  mean,
  standardDeviation,
  area = [0.08, 1],
  interpolation = 'bicubic',
  padding = 'zero',
}: ByolViewOptions): Recipe {
  const view = (probability: {blur: number; solarize: number}): View =>
    compose({
      crop: randomResizedCrop({size, area, interpolation}),
      flip: randomFlip(0.5),
      jitter: withProbability(0.8, colorJitter({brightness: 0.4, contrast: 0.4, saturation: 0.2, hue: 0.1})),
      grayscale: randomGrayscale(0.2),
      blur: withProbability(probability.blur, randomBlur({sigma: [0.1, 2], padding})),
      solarize: withProbability(probability.solarize, images => solarize(images, 0.5)),
      normalize: normalize({mean, standardDeviation}),
    });
  return {first: view({blur: 1, solarize: 0}), second: view({blur: 0.1, solarize: 0.2})};
}
