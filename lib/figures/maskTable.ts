// Mask strategies side by side, in numbers: what each hides.

import {maskStatistics} from '../analysis/maskStatistics';
import {check} from '../check';
import {tf} from '../engine/tf';
import {drawMasks} from '../masks/drawMasks';
import type {MaskStrategy} from '../masks/masks';
import type {Row} from './figure';

export interface MaskTableOptions {
  /** Side of a token in pixels. */
  patch: number;
  /** Masks drawn of each strategy. @default 256 */
  masks?: number;
  /** Masks drawn at once: a batch has one size of I-JEPA's blocks, one ratio of AttMask's. @default 32 */
  batch?: number;
  /** @default 0 */
  seed?: number;
  /** [masks, l] of a teacher, for strategies that ask for it. */
  attention?: tf.Tensor2D;
}

/** A line for each strategy, under its name. For `show`. */
export function maskTable(strategies: Readonly<Record<string, MaskStrategy<Record<string, tf.Tensor>>>>, {patch, masks = 256, batch = 32, seed = 0, attention}: MaskTableOptions): Row[] {
  check(Number.isInteger(masks) && Number.isInteger(batch) && masks >= 1 && batch >= 1, 'maskTable', `expected at least one mask in batches of at least one, got ${masks} in batches of ${batch}`);
  check(attention === undefined || attention.shape[0] === masks, 'maskTable', `expected the attention on ${masks} images, one for each mask, got [${attention?.shape}]`);
  return Object.entries(strategies).map(([name, strategy]): Row => {
    const masked = tf.tidy(() => tf.concat(Array.from({length: Math.ceil(masks / batch)}, (_, i) => {
      const n = Math.min(batch, masks - i * batch);
      return drawMasks(strategy, n, seed + i, attention && {attention: attention.slice([i * batch, 0], [n, -1])}).masked;
    })));
    try {
      const {ratio, smallestRatio, largestRatio, blocks, blockTokens, largestBlockTokens, distance, averageDistance} = maskStatistics(masked, {grid: strategy.grid, patch});
      return {
        strategy: name, 'masked (%)': percent(ratio), 'least to most (%)': `${percent(smallestRatio)} to ${percent(largestRatio)}`, blocks: blocks.toFixed(1), 'tokens in a block': blockTokens.toFixed(1),
        'in the largest': largestBlockTokens.toFixed(1), 'distance (tokens)': distance.toFixed(2), 'AvgDist (px)': averageDistance.toFixed(1),
      };
    } finally {
      masked.dispose();
    }
  });
}

const percent = (share: number) => (100 * share).toFixed(1);
