// The views of SimCLR on ImageNet.
// Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
// arXiv:2002.05709, app. A; google-research/simclr, data_util.py. Differs from their code: contrast
// and saturation are torchvision's (theirs: contrast round each channel's own mean, saturation of
// HSV); a box has an even area and an even logarithm of its aspect, and ten attempts (theirs: an
// even height for an even aspect, 100); shrinking is antialiased.

import {randomBlur} from '../blur';
import {colorJitter} from '../colorJitter';
import {compose} from '../compose';
import {randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {randomGrayscale} from '../grayscale';
import {normalize} from '../normalize';
import type {Recipe, RecipeOptions} from '../recipe';
import {withProbability} from '../withProbability';

/** Options of {@link simclrViews}. */
export interface SimclrViewOptions extends RecipeOptions {
  /** Strength of the color jitter, s. @default 1 */
  strength?: number;
  /** @default [0.08, 1] */
  area?: RecipeOptions['area'];
  /** Share of the views that are blurred. @default 0.5 */
  blur?: number;
}

/**
 * @see Table of app. A; strength and blur are the dials of their table 1.
 *
 * @example
 * ```ts
 * import {drawnEmoji, simclrViews, twoViews} from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 64});
 * const {mean, standardDeviation} = dataset;
 * const source = twoViews({
 *   dataset,
 *   recipe: simclrViews({size: 64, mean, standardDeviation, strength: 0.5}),
 * });
 * ```
 */
export function simclrViews({
  size,
  mean,
  standardDeviation,
  strength = 1,
  area = [0.08, 1],
  blur = 0.5,
}: SimclrViewOptions): Recipe {
  const view = compose({
    crop: randomResizedCrop({size, area, interpolation: 'bicubic'}),
    flip: randomFlip(0.5),
    jitter: withProbability(
      0.8,
      colorJitter({
        brightness: 0.8 * strength,
        contrast: 0.8 * strength,
        saturation: 0.8 * strength,
        hue: 0.2 * strength,
      }),
    ),
    grayscale: randomGrayscale(0.2),
    blur: withProbability(blur, randomBlur({sigma: [0.1, 2], padding: 'zero'})),
    normalize: normalize({mean, standardDeviation}),
  });
  return {first: view, second: view};
}
