// Keeps small square blocks and hides the rest: what is kept hangs together.
// Baevski et al. 2023 (data2vec 2.0), "Efficient Self-supervised Learning with Contextualized
// Target Representations for Vision, Speech and Language", arXiv:2212.07525;
// facebookresearch/fairseq, compute_block_mask_2d of fairseq/data/data_utils.py with
// examples/data2vec/config/v2/base_images_only_task.yaml.

import {check} from '../check';
import {split, uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {checkMasked, checkRatio, tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy} from './masks';
import {ranks} from './ranks';

/** Options of {@link inverseBlockMask}. */
export interface InverseBlockMaskOptions {
  grid: Grid;
  /** Share of tokens that are masked, above 0 and below 1. @default 0.8 */
  ratio?: number;
  /** Side of a block in tokens. @default 3 */
  block?: number;
  /**
   * By how much more than the kept share the areas of all blocks add up to, since blocks overlap
   * and are cut off at the edges.
   * @default 0.07
   */
  extra?: number;
}

/**
 * Blocks round ⌊l · (1 − ratio + extra) / block²⌋ centers, drawn with replacement, are kept; then
 * single tokens, drawn at random, are masked or kept until ⌊l · (1 − ratio)⌋ are kept.
 *
 * @returns Of a 14 × 14 grid, 5 blocks of 3 × 3 make up most of 39 kept tokens.
 * @throws RangeError when a block is larger than the grid, there is none, the ratio is not between
 * 0 and 1, or leaves no token.
 */
export function inverseBlockMask({grid, ratio = 0.8, block = 3, extra = 0.07}: InverseBlockMaskOptions): MaskStrategy {
  const l = tokenCount('inverseBlockMask', grid);
  const [rows, columns] = grid;
  checkRatio('inverseBlockMask', ratio);
  check(
    Number.isInteger(block) && block >= 1 && block <= Math.min(rows, columns),
    'inverseBlockMask',
    `expected blocks with a side from 1 to ${Math.min(rows, columns)} tokens, got ${block}`,
  );
  check(
    extra >= 0 && extra <= ratio,
    'inverseBlockMask',
    `expected extra from 0 to the ratio of ${ratio}, got ${extra}`,
  );
  const [keep, blocks] = [Math.floor(l * (1 - ratio)), Math.floor(l * ((1 - ratio + extra) / block ** 2))];
  checkMasked('inverseBlockMask', ratio, l - keep, l);
  check(
    blocks >= 1,
    'inverseBlockMask',
    `expected at least one block of ${block} × ${block} among the kept of ${l} tokens, got a ratio of ` +
      `${ratio}: make blocks smaller, or keep more`,
  );
  const before = Math.floor(block / 2); // rows of a block above its center, and columns to the left
  return {
    grid,
    draw: (key, n) =>
      tf.tidy(() => {
        const [centerKey, orderKey] = split(key, 2);
        const centers = uniform(centerKey!, [n, blocks, 1]).mul(l).floor(); // [n, blocks, 1]
        const centerRows = centers.div(columns).floor();
        const covers = (at: tf.Tensor, length: number) => {
          // [n, blocks, length]
          const distance = tf.range(0, length).reshape([1, 1, length]).sub(at);
          return distance
            .greaterEqual(-before)
            .logicalAnd(distance.less(block - before))
            .toFloat();
        };
        const covered = tf.matMul(
          covers(centerRows, rows),
          covers(centers.sub(centerRows.mul(columns)), columns),
          true,
        ); // [n, rows, columns], by how many blocks
        const order = uniform(orderKey!, [n, l]).sub(
          covered.reshape([n, l]).greater(0).toFloat().mul(2),
        ) as tf.Tensor2D; // those of blocks first, each kind at random
        return masksOf(ranks(order).greaterEqual<tf.Tensor2D>(keep).toFloat(), keep);
      }),
  };
}
