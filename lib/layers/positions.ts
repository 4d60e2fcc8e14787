// Where a token lies in the image, as a vector that is added to it: fixed sines and cosines in two
// dimensions; and learned vectors made for another grid. He et al. 2022, "Masked Autoencoders Are
// Scalable Vision Learners", arXiv:2111.06377; facebookresearch/mae, util/pos_embed.py.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Grid} from '../masks/masks';
import {resize} from '../views/crop';

/**
 * The first half of the channels tells the column, the second the row: sin(p·ω) and then cos(p·ω)
 * of position p, for width/4 frequencies ω from 1 down to nearly 1/10,000.
 *
 * @param rows Tokens of the image.
 * @param columns As `rows`.
 * @param width Channels, a multiple of 4.
 * @returns [rows·columns, width], row by row; the first is 0, …, 1, …, 0, …, 1, ….
 */
export function sinCosPositions(rows: number, columns: number, width: number): tf.Tensor2D {
  check(width % 4 === 0, 'sinCosPositions', `expected a width that is a multiple of 4, got ${width}`);
  return tf.tidy(() => {
    const frequencies = tf
      .range(0, width / 4)
      .mul((-4 * Math.log(10_000)) / width)
      .exp(); // [width/4]
    const along = (n: number) => {
      const angles = tf.range(0, n).expandDims(1).mul(frequencies);
      return tf.concat([angles.sin(), angles.cos()], 1); // [n, width/2]
    };
    const column = along(columns).expandDims(0).tile([rows, 1, 1]);
    const row = along(rows).expandDims(1).tile([1, columns, 1]); // [rows, columns, width/2]
    return tf.concat([column, row], 2).reshape([rows * columns, width]);
  });
}

/**
 * Learned positions for another grid, by a bicubic, antialiased interpolation in two dimensions.
 *
 * @param positions [l, width] of the grid `from`, row by row, without those of a class token or of
 * registers.
 * @returns [rows·columns of `to`, width]; of the same grid a copy.
 * @throws RangeError when there is not one position for each place of `from`.
 * @see timm's `resample_abs_pos_embed`, which this equals. DINO's code, and DINOv2's for its models
 * without registers, interpolate without antialiasing, with Keys's a = −3/4, as if `to` had 0.1
 * rows and columns more.
 */
export function resamplePositions(positions: tf.Tensor2D, from: Grid, to: Grid): tf.Tensor2D {
  const [l, width] = positions.shape;
  check(
    l === from[0] * from[1],
    'resamplePositions',
    `expected ${from[0] * from[1]} positions, for ${from[0]} rows of ${from[1]}, got ${l}`,
  );
  if (from[0] === to[0] && from[1] === to[1]) return positions.clone();
  return tf.tidy(() => resize(positions.reshape([1, ...from, width]), to, 'bicubic').reshape([to[0] * to[1], width]));
}
