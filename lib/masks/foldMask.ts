// Hides tokens at random and shares them out among folds, each of which a teacher sees on its own.
// Chen et al. 2022, "SdAE: Self-distillated Masked Autoencoder", ECCV, arXiv:2208.00449;
// AbrahamYabo/SdAE, models_mae.py and models_teacher.py.

import {check} from '../check';
import {uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {checkMasked, checkRatio, tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy, type TargetMasks} from './masks';
import {ascending} from './ranks';

/** Options of {@link foldMask}. */
export interface FoldMaskOptions {
  grid: Grid;
  /** Share of tokens that are masked, above 0 and below 1. @default 0.75 */
  ratio?: number;
  /** Into how many sets of one size the masked tokens are split. @default 3 */
  folds?: number;
}

/**
 * Keeps what `randomMask` keeps. Masked tokens that are left over when the folds are of one size
 * are in none, as in the authors' code.
 *
 * @returns `targets` [n, folds, m], without a token in common. Of a 14 × 14 grid at 0.75, 49 tokens
 * are kept, and 3 folds have 49 each.
 * @throws RangeError when the ratio is not between 0 and 1, leaves no token, or there are fewer
 * masked tokens than folds.
 */
export function foldMask({grid, ratio = 0.75, folds = 3}: FoldMaskOptions): MaskStrategy<{}, TargetMasks> {
  const l = tokenCount('foldMask', grid);
  checkRatio('foldMask', ratio);
  const keep = Math.floor(l * (1 - ratio));
  checkMasked('foldMask', ratio, l - keep, l);
  check(
    Number.isInteger(folds) && folds >= 1 && folds <= l - keep,
    'foldMask',
    `expected from 1 to ${l - keep} folds of as many masked tokens, got ${folds}`,
  );
  const m = Math.floor((l - keep) / folds);
  return {
    grid,
    draw: (key, n) =>
      tf.tidy(() => {
        // [n, l] tokens in random order: first those that are kept, then fold by fold
        const order = ascending(uniform(key, [n, l]));
        const sets = order.slice([0, keep], [n, folds * m]).reshape<tf.Tensor2D>([n * folds, m]);
        const targets = tf.gather(sets, ascending(sets), 1, 1).reshape<tf.Tensor3D>([n, folds, m]);
        return {...masksOf(ascending(order).greaterEqual<tf.Tensor2D>(keep).toFloat(), keep), targets};
      }),
  };
}
