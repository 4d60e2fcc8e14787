// Crops that keep their colors, which tell the images of the tests' set apart, and that are
// recorded quickly.

import {compose} from '../../../lib/views/compose';
import {randomResizedCrop} from '../../../lib/views/crop';
import {randomFlip} from '../../../lib/views/flip';
import {normalize} from '../../../lib/views/normalize';
import type {MultiCropRecipe} from '../../../lib/views/recipe';
import {dataset} from '../sameCompiled';

const crop = (size: number, area: readonly [number, number]) =>
  compose({crop: randomResizedCrop({size, area}), flip: randomFlip(), normalize: normalize(dataset)});

/** Two crops of 16 px, and some of 8. */
export const plainCrops = (local: number): MultiCropRecipe => ({
  global: Array(2).fill(crop(16, [0.4, 1])),
  local: Array(local).fill(crop(8, [0.05, 0.4])),
});
