// What masks hide, in numbers: how much, in how large blocks, and how far from what can be seen.
// Xie et al. 2022 (SimMIM), arXiv:2111.09886, sec. 4.1, whose AvgDist is the mean Euclidean
// distance of a masked pixel to the nearest visible one; they find 10 to 20 pixels of 192 best.

import {check} from '../check';
import type {tf} from '../engine/tf';
import type {Grid} from '../masks/masks';
import {mean} from '../mean';

/** Options of {@link maskStatistics}. */
export interface MaskStatisticsOptions {
  grid: Grid;
  /** Side of a token in pixels, for `averageDistance`. @default 1 */
  patch?: number;
}

/** Shares, sizes and distances of hidden patches. */
export type MaskStatistics = {
  /** How many there are. */
  masks: number;
  /** Share of tokens that are masked: the mean over masks, the smallest and the largest. */
  ratio: number;
  smallestRatio: number;
  largestRatio: number;
  /**
   * Masked tokens that hang together by their sides make a block: the mean number of blocks in a
   * mask, the mean number of tokens in a block, and in the largest block of a mask.
   */
  blocks: number;
  blockTokens: number;
  largestBlockTokens: number;
  /**
   * Of a masked token to the nearest visible one, from center to center, in tokens: the mean over
   * masked tokens, then over masks that hide something.
   */
  distance: number;
  /** AvgDist, the same in pixels: of a masked pixel to the nearest visible one. */
  averageDistance: number;
};

/**
 * @param masked [n, l], 1 where a token is masked.
 * @returns Of chessboards: as many blocks as masked tokens, of 1 token each, at a distance of 1.
 * @throws RangeError when masks are of another grid, all of an image is masked, or nothing of any.
 */
export function maskStatistics(masked: tf.Tensor2D, {grid, patch = 1}: MaskStatisticsOptions): MaskStatistics {
  const [n, l] = masked.shape;
  check(
    l === grid[0] * grid[1],
    'maskStatistics',
    `expected masks of ${grid[0]} × ${grid[1]} tokens, got [${masked.shape}]`,
  );
  check(
    Number.isInteger(patch) && patch >= 1,
    'maskStatistics',
    `expected a whole number of pixels from 1, got ${patch}`,
  );
  const values = masked.dataSync<'float32'>();
  const all = Array.from({length: n}, (_, i) => values.subarray(i * l, (i + 1) * l));
  const ratios = all.map(mask => mask.reduce((sum, value) => sum + value, 0) / l);
  const hiding = all.filter((_, i) => ratios[i]! > 0);
  check(
    hiding.length > 0 && ratios.every(ratio => ratio < 1),
    'maskStatistics',
    `expected masks that hide something and leave something, got shares of ${Math.min(...ratios)} to ` +
      `${Math.max(...ratios)}`,
  );
  const sizes = hiding.map(mask => blockSizes(mask, grid));
  const distances = hiding.map(mask => meanDistance(mask, grid, 1));
  return {
    masks: n,
    ratio: mean(ratios),
    smallestRatio: Math.min(...ratios),
    largestRatio: Math.max(...ratios),
    blocks: sizes.flat().length / n,
    blockTokens: mean(sizes.flat()),
    largestBlockTokens: mean(sizes.map(own => Math.max(...own))),
    distance: mean(distances),
    averageDistance: patch === 1 ? mean(distances) : mean(hiding.map(mask => meanDistance(mask, grid, patch))),
  };
}

/** Tokens of each block, in the order of the first of them. */
function blockSizes(mask: ArrayLike<number>, [rows, columns]: Grid): number[] {
  const seen = new Uint8Array(rows * columns);
  const sizes: number[] = [];
  for (let start = 0; start < rows * columns; start++) {
    const open: number[] = [];
    let size = 0;
    const visit = (token: number) => {
      if (seen[token] || mask[token] !== 1) return;
      seen[token] = 1;
      open.push(token);
    };
    visit(start);
    for (let token = open.pop(); token !== undefined; token = open.pop()) {
      size++;
      const column = token % columns;
      if (token >= columns) visit(token - columns);
      if (token < (rows - 1) * columns) visit(token + columns);
      if (column > 0) visit(token - 1);
      if (column < columns - 1) visit(token + 1);
    }
    if (size > 0) sizes.push(size);
  }
  return sizes;
}

/**
 * Mean distance of a masked pixel to the nearest visible one, where tokens are `patch` pixels wide
 * and high. For each row of pixels first the way up or down to what is visible in each column of
 * tokens, then sideways.
 */
function meanDistance(mask: ArrayLike<number>, [rows, columns]: Grid, patch: number): number {
  let [sum, count] = [0, 0];
  const way = new Float64Array(columns); // squared
  for (let y = 0; y < rows * patch; y++) {
    const row = Math.floor(y / patch);
    for (let column = 0; column < columns; column++) {
      way[column] = Infinity;
      for (let other = 0; other < rows; other++)
        if (mask[other * columns + column] === 0) way[column] = Math.min(way[column]!, apart(y, other, patch) ** 2);
    }
    for (let x = 0; x < columns * patch; x++) {
      if (mask[row * columns + Math.floor(x / patch)] === 0) continue;
      let nearest = Infinity;
      for (let column = 0; column < columns; column++)
        nearest = Math.min(nearest, way[column]! + apart(x, column, patch) ** 2);
      sum += Math.sqrt(nearest);
      count++;
    }
  }
  return sum / count;
}

/** Pixels from a pixel to the nearest one of a token, along one axis. */
const apart = (pixel: number, token: number, patch: number) =>
  Math.max(0, token * patch - pixel, pixel - (token + 1) * patch + 1);
