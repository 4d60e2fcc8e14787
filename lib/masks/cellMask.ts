// Hides square cells of several tokens at random, so that what is hidden is larger than a patch.
// Xie et al. 2022, "SimMIM: A Simple Framework for Masked Image Modeling", arXiv:2111.09886, sec.
// 3.2; microsoft/SimMIM, data/data_simmim.py.

import {check} from '../check';
import {uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {checkMasked, checkRatio, tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy} from './masks';
import {ranks} from './ranks';

/** Options of {@link cellMask}. */
export interface CellMaskOptions {
  grid: Grid;
  /**
   * Side of a cell in tokens: the paper's cells of 32 px are 2 for patches of 16 px, 8 for 4 px.
   * @default 2
   */
  cell?: number;
  /** Share of cells that are masked, above 0 and below 1. @default 0.6 */
  ratio?: number;
}

/**
 * Masks ⌈cells · ratio⌉ cells, drawn at random.
 *
 * @returns Of the paper's 6 × 6 cells at 0.6, 22 are masked.
 * @throws RangeError when cells do not fill the grid, the ratio is not between 0 and 1, or leaves
 * no cell.
 */
export function cellMask({grid, cell = 2, ratio = 0.6}: CellMaskOptions): MaskStrategy {
  const l = tokenCount('cellMask', grid);
  const [rows, columns] = grid;
  check(
    Number.isInteger(cell) && cell >= 1 && rows % cell === 0 && columns % cell === 0,
    'cellMask',
    `expected a side of cells that divides a grid of ${rows} × ${columns} tokens, got ${cell}`,
  );
  checkRatio('cellMask', ratio);
  const [cells, across] = [l / cell ** 2, columns / cell];
  const count = Math.ceil(cells * ratio);
  checkMasked('cellMask', ratio, count, cells, 'cells');
  const cellOf = Int32Array.from(
    {length: l},
    (_, i) => Math.floor(Math.floor(i / columns) / cell) * across + Math.floor((i % columns) / cell),
  );
  return {
    grid,
    draw: (key, n) =>
      tf.tidy(() => {
        const masked = ranks(uniform(key, [n, cells]))
          .less<tf.Tensor2D>(count)
          .toFloat(); // [n, cells]
        return masksOf(masked.gather(tf.tensor1d(cellOf, 'int32'), 1), l - count * cell ** 2);
      }),
  };
}
