// The views of InfoMin: SimCLR's strongest jitter and two changes of RandAugment on top, and the
// crop for its puzzle. Tian et al. 2020, "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243; HobbitLong/PyContrast, pycontrast/datasets/util.py (aug D, jigsaw_transform).
// Differs from their code: values are not rounded to whole levels between two steps (see also
// randAugment); the blur's kernel has a tenth of the view's pixels where theirs has 23 of 224, the
// same there.

import {randomBlur} from '../blur';
import {colorJitter} from '../colorJitter';
import {compose} from '../compose';
import {randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {randomGrayscale} from '../grayscale';
import {normalize} from '../normalize';
import {randAugment} from '../randAugment';
import type {Area, Recipe, RecipeOptions} from '../recipe';
import type {View} from '../view';
import {withProbability} from '../withProbability';

/** Options of {@link infoMinViews}. */
export interface InfoMinViewOptions extends RecipeOptions {
  /** @default [0.2, 1]; with a memory bank theirs is [0.08, 1] */
  area?: RecipeOptions['area'];
  /** n of RandAugment. @default 2 */
  count?: number;
  /** m of RandAugment, 0 to 10. @default 10 */
  magnitude?: number;
}

/**
 * Aug D. What RandAugment moves in from outside has the data set's mean color, as theirs has
 * ImageNet's.
 */
export function infoMinViews({
  size,
  mean,
  standardDeviation,
  area = [0.2, 1],
  count = 2,
  magnitude = 10,
}: InfoMinViewOptions): Recipe {
  const view = compose({
    crop: randomResizedCrop({size, area}),
    flip: randomFlip(0.5),
    jitter: withProbability(0.8, colorJitter({brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2})),
    blur: withProbability(0.5, randomBlur({sigma: [0.1, 2]})),
    randAugment: randAugment({count, magnitude, deviation: 0.5, fill: mean}),
    grayscale: randomGrayscale(0.2),
    normalize: normalize({mean, standardDeviation}),
  });
  return {first: view, second: view};
}

/**
 * What the jigsaw branch sees before it is cut into 3 × 3 `tiles`: most of an image, mirrored half
 * of the time, its colors as they are.
 *
 * @param options `size`: the crop's side; 255 for tiles of 64 out of cells of 85, theirs.
 */
export function infoMinPuzzle({size, mean, standardDeviation, area = [0.6, 1] as Area}: RecipeOptions): View {
  return compose({
    crop: randomResizedCrop({size, area}),
    flip: randomFlip(0.5),
    normalize: normalize({mean, standardDeviation}),
  });
}
