// The views of PIRL: the first one much or little of an image, the second one, which becomes a
// puzzle, most of it. Misra & van der Maaten 2020, arXiv:1912.01991; facebookresearch/vissl,
// configs/config/pretrain/pirl/pirl_jigsaw_4node_resnet50.yaml. Differs from their code: both views
// have one size (theirs 224 and 255 pixels); none of its further changes of color (posterized,
// sharpened …), drawn at random.

import {colorJitter} from '../colorJitter';
import {compose} from '../compose';
import {randomResizedCrop} from '../crop';
import {randomFlip} from '../flip';
import {randomGrayscale} from '../grayscale';
import {normalize} from '../normalize';
import type {Recipe, RecipeOptions} from '../recipe';

/** Options of {@link pirlViews}. */
export interface PirlViewOptions extends RecipeOptions {
  /** Of the first view. @default [0.08, 1] */
  area?: RecipeOptions['area'];
}

/** The view of PIRL that is cut into tiles. */
export function pirlViews({size, mean, standardDeviation, area = [0.08, 1]}: PirlViewOptions): Recipe {
  const view = (shown: readonly [number, number]) =>
    compose({
      crop: randomResizedCrop({size, area: shown}),
      jitter: colorJitter({brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.2}),
      grayscale: randomGrayscale(0.2),
      flip: randomFlip(0.5),
      normalize: normalize({mean, standardDeviation}),
    });
  return {first: view(area), second: view([0.6, 1])};
}
