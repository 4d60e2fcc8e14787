// Mask strategies side by side, in numbers: what each hides.

import {maskStatistics} from '../analysis/maskStatistics';
import {check} from '../check';
import {tf} from '../engine/tf';
import {drawMasks} from '../masks/drawMasks';
import type {MaskStrategy} from '../masks/masks';
import type {Row} from './figure';

/** Options of {@link maskTable}: which masks are drawn, and how many. */
export interface MaskTableOptions {
  /** Side of a token in pixels. */
  patch: number;
  /** Masks drawn of each strategy. @default 256 */
  masks?: number;
  /**
   * Masks drawn at once: a batch has one size of I-JEPA's blocks, one ratio of AttMask's.
   * @default 32
   */
  batch?: number;
  /** Of the masks. @default 0 */
  seed?: number;
  /** [masks, l] of a teacher, for strategies that ask for it. */
  attention?: tf.Tensor2D;
}

/** A line for each strategy, under its name. For `show`. */
export function maskTable(
  strategies: Readonly<Record<string, MaskStrategy<Record<string, tf.Tensor>>>>,
  {patch, masks = 256, batch = 32, seed = 0, attention}: MaskTableOptions,
): Row[] {
  const whole = [masks, batch].every(n => Number.isInteger(n) && n >= 1);
  check(
    whole,
    'maskTable',
    `expected at least one mask in batches of at least one, got ${masks} in batches of ${batch}`,
  );
  const fit = attention === undefined || attention.shape[0] === masks;
  const wanted = `the attention on ${masks} images, one for each mask`;
  check(fit, 'maskTable', `expected ${wanted}, got [${attention?.shape}]`);
  return Object.entries(strategies).map(([name, strategy]): Row => {
    const masked = tf.tidy(() =>
      tf.concat(
        Array.from({length: Math.ceil(masks / batch)}, (_, i) => {
          const n = Math.min(batch, masks - i * batch);
          const own = attention && {attention: attention.slice([i * batch, 0], [n, -1])};
          return drawMasks(strategy, n, seed + i, own).masked;
        }),
      ),
    );
    try {
      const found = maskStatistics(masked, {grid: strategy.grid, patch});
      return {
        strategy: name,
        'masked (%)': percent(found.ratio),
        'least to most (%)': `${percent(found.smallestRatio)} to ${percent(found.largestRatio)}`,
        blocks: found.blocks.toFixed(1),
        'tokens in a block': found.blockTokens.toFixed(1),
        'in the largest': found.largestBlockTokens.toFixed(1),
        'distance (tokens)': found.distance.toFixed(2),
        'AvgDist (px)': found.averageDistance.toFixed(1),
      };
    } finally {
      masked.dispose();
    }
  });
}

const percent = (share: number) => (100 * share).toFixed(1);
