// The smallest strategy on the device: each token is masked with a probability, whatever the others
// are.

import {uniform} from '../../../lib/engine/random';
import type {tf} from '../../../lib/engine/tf';
import {type Grid, masksOf, type MaskStrategy} from '../../../lib/masks/masks';

export const evenMask = (grid: Grid, ratio: number): MaskStrategy => ({
  grid,
  draw: (key, n) =>
    masksOf(
      uniform(key, [n, grid[0] * grid[1]])
        .less(ratio)
        .toFloat() as tf.Tensor2D,
    ),
});
