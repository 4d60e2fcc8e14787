// Puts patches together to images again.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Grid} from '../masks/masks';

/**
 * The inverse of {@link patches}.
 *
 * @param x [n, rows·columns, size²·c]: patches row by row, of each its pixels row by row.
 * @returns [n, rows·size, columns·size, c]
 * @throws RangeError when there are other numbers of patches than the grid has, or of values than
 * pixels of whole channels.
 */
export function fromPatches(x: tf.Tensor3D, [rows, columns]: Grid, size: number): tf.Tensor4D {
  const [n, l, d] = x.shape;
  const c = d / size ** 2;
  check(
    l === rows * columns && Number.isInteger(c),
    'fromPatches',
    `expected ${rows} × ${columns} patches of ${size} × ${size} pixels, got [${x.shape}]`,
  );
  return tf.tidy(() =>
    x
      .reshape([n, rows, columns, size, size * c])
      .transpose([0, 1, 3, 2, 4])
      .reshape([n, rows * size, columns * size, c]),
  );
}
