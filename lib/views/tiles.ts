// Cuts images into a grid of tiles, as a jigsaw puzzle.
// Noroozi & Favaro 2016, "Unsupervised Learning of Visual Representations by Solving Jigsaw
// Puzzles", arXiv:1603.09246.

import {check, whole} from '../check';
import {fold, uniform} from '../engine/random';
import {tf} from '../engine/tf';
import type {Key} from '../module';
import {resample} from './resample';

/** Options of {@link tiles}. */
export interface TilesOptions {
  /** Tiles in a row and in a column. @default 3 */
  side?: number;
  /**
   * Height and width of a tile in pixels: each is cut at a place of its own within its cell of the
   * grid, so that edges do not go on in the next one.
   * @default 64/85 of the cell's, the papers'
   */
  size?: number;
}

/**
 * Height and width of a tile of cells of so many pixels, 64/85 of the smaller one: 64 px of 85 in
 * Noroozi & Favaro's.
 */
export const tileSize = (rows: number, columns = rows): number => Math.round((Math.min(rows, columns) * 64) / 85);

/**
 * @param images [n, h, w, c] in any range. What is left of h and w after `side` cells of whole
 * pixels, at the bottom and at the right, is not seen.
 * @param key Of it come the places within the cells, and the order.
 * @returns [n · side², size, size, c], the tiles of an image follow one another, each image's in a
 * random order of its own.
 * @throws RangeError when a tile is larger than its cell, or there is no pixel for one.
 */
export function tiles(images: tf.Tensor4D, key: Key, {side = 3, size}: TilesOptions = {}): tf.Tensor4D {
  const [n, h, w, c] = images.shape;
  whole('tiles', 'side', side);
  const [rows, columns] = [Math.floor(h / side), Math.floor(w / side)]; // of a cell
  const length = size ?? tileSize(rows, columns);
  check(
    Number.isInteger(length) && length >= 1 && length <= Math.min(rows, columns),
    'tiles',
    `expected tiles of 1 to ${Math.min(rows, columns)} pixels for ${side} a side of [${images.shape}], got ${length}`,
  );
  return tf.tidy(() => {
    const count = side * side;
    // [n, side²], a permutation each
    const order = tf.topk(uniform(fold(key, 'order'), [n, count]), count).indices;
    const first = tf.range(0, n, 1, 'int32').mul(tf.scalar(count, 'int32')).expandDims(1);
    const cells = images
      .slice([0, 0, 0, 0], [n, rows * side, columns * side, c])
      .reshape([n, side, rows, side, columns * c])
      .transpose([0, 1, 3, 2, 4])
      .reshape([n * count, rows, columns, c]) as tf.Tensor4D;
    const chosen = (name: string, from: number) =>
      window(
        uniform(fold(key, name), [n * count])
          .mul(from - length + 1)
          .floor()
          .minimum(from - length),
        length,
        from,
      );
    return resample(cells, chosen('top', rows), chosen('left', columns)).gather(
      order.add(first).reshape([n * count]),
    ) as tf.Tensor4D;
  });
}

/**
 * For {@link resample}: the `length` values from `start` [n] on, of `from` values; [n, length,
 * from], ones and zeros.
 */
function window(start: tf.Tensor1D, length: number, from: number): tf.Tensor3D {
  const wanted = start.reshape([-1, 1, 1]).add(tf.range(0, length).expandDims(1)); // [n, length, 1]
  return wanted.equal(tf.range(0, from)).cast('float32');
}
