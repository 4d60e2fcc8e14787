// Hides tokens at random, as many in every image.
// He et al. 2022 (MAE), "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, sec.
// 3; facebookresearch/mae, models_mae.py, random_masking.

import {uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {checkMasked, checkRatio, tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy} from './masks';
import {ranks} from './ranks';

/** Options of {@link randomMask}. */
export interface RandomMaskOptions {
  grid: Grid;
  /** Share of tokens that are masked, above 0 and below 1. @default 0.75 */
  ratio?: number;
}

/**
 * Every token gets a random number, and those with the ⌊l·(1 − ratio)⌋ smallest are kept.
 *
 * @returns Of a 14 × 14 grid at 0.75, 49 tokens are kept. The count is that of the authors' code in
 * floating point: 25 · (1 − 0.8) is a little below 5, and 4 tokens are kept.
 * @throws RangeError when the ratio is not between 0 and 1, or leaves no token.
 *
 * @example
 * ```ts
 * import {key, randomMask, tf} from 'ssl-workbench';
 * const mask = randomMask({grid: [8, 8], ratio: 0.75});
 * const {masked, kept} = mask.draw(key(0), 2, {}); // [2, 64] and [2, 16]
 * console.log(tf.sum(masked, 1).dataSync()); // [48, 48]
 * ```
 */
export function randomMask({grid, ratio = 0.75}: RandomMaskOptions): MaskStrategy {
  const l = tokenCount('randomMask', grid);
  checkRatio('randomMask', ratio);
  const keep = Math.floor(l * (1 - ratio));
  checkMasked('randomMask', ratio, l - keep, l);
  return {
    grid,
    draw: (key, n) =>
      tf.tidy(() =>
        masksOf(
          ranks(uniform(key, [n, l]))
            .greaterEqual<tf.Tensor2D>(keep)
            .toFloat(),
          keep,
        ),
      ),
  };
}
