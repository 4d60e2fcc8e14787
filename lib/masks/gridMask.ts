// Keeps tokens at even distances: one of every four in MAE's comparison of masks.
// He et al. 2022 (MAE), arXiv:2111.06377, sec. 4.1 and fig. 6, right.
// Differs from the paper: which token of each cell is kept is drawn for each image, since a place
// that is never kept would never be seen; the paper does not say. `fixed` keeps the first of each
// cell.

import {check} from '../check';
import {uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy} from './masks';

/** Options of {@link gridMask}. */
export interface GridMaskOptions {
  grid: Grid;
  /**
   * Share of tokens that are masked: 1 − 1/s² keeps one of s × s tokens (0.75, 8/9, 15/16 …), 0.5
   * every second one, as on a chessboard.
   * @default 0.75
   */
  ratio?: number;
  /**
   * Whether every image keeps the same tokens.
   * @default false: of each s × s tokens the kept one is drawn, the same in all cells of an image
   */
  fixed?: boolean;
}

/** @throws RangeError when no even pattern has the ratio, or its cells do not fill the grid. */
export function gridMask({grid, ratio = 0.75, fixed = false}: GridMaskOptions): MaskStrategy {
  const l = tokenCount('gridMask', grid);
  const [rows, columns] = grid;
  const side = Math.round(Math.sqrt(1 / (1 - ratio)));
  const chessboard = ratio === 0.5;
  check(
    chessboard || (side >= 2 && ratio < 1 && Math.abs(1 - 1 / side ** 2 - ratio) < 1e-6),
    'gridMask',
    `expected a ratio of 0.5 (a chessboard) or 1 − 1/s² (3/4, 8/9, 15/16 …: one of s × s tokens is kept), got ${ratio}`,
  );
  if (chessboard)
    check(
      l % 2 === 0,
      'gridMask',
      `expected an even number of tokens for a chessboard, got a grid of ${rows} × ${columns}`,
    );
  else
    check(
      rows % side === 0 && columns % side === 0,
      'gridMask',
      `expected a grid of whole cells of ${side} × ${side} tokens for a ratio of ${ratio}, got ${rows} × ${columns}`,
    );
  const kinds = chessboard ? 2 : side ** 2;
  const kindOf = Array.from({length: l}, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return chessboard ? (row + column) % 2 : (row % side) * side + (column % side);
  });
  return {
    grid,
    draw: (key, n) =>
      tf.tidy(() => {
        // which token of each cell
        const kept = fixed ? tf.zeros([n, 1]) : uniform(key, [n, 1]).mul(kinds).floor();
        return masksOf(tf.tensor2d(kindOf, [1, l]).notEqual<tf.Tensor2D>(kept).toFloat(), l / kinds);
      }),
  };
}
