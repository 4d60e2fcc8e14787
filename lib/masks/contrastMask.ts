// Hides the patches of an image that have the least contrast, or those that have the most: a
// control that tells what of an image there is to learn from. No paper's: its order is that of
// AttMask (see attentionMask.ts), by the patch's own variance in place of a teacher's attention.

import {check} from '../check';
import {uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {checkMasked, checkRatio, tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy} from './masks';
import {ranks} from './ranks';

/** Options of {@link contrastMask}. */
export interface ContrastMaskOptions {
  grid: Grid;
  /** 'low' hides the flattest patches, 'high' those with the most detail. @default 'low' */
  mode?: 'low' | 'high';
  /** Share of tokens that are masked, above 0 and below 1. @default 0.75 */
  ratio?: number;
}

/**
 * Variances that differ by less are drawn by lot: flat patches of different colors have rounding
 * errors of their own.
 */
const EVEN = 1e-6;

/**
 * Keeps ⌊l·(1 − ratio)⌋ tokens, as many as `randomMask` does. A patch's contrast is the variance of
 * its pixels, channel by channel, in the units of the view.
 *
 * @returns A strategy that looks at the images: `maskedView` and `maskedCrops` give it the views,
 * for `drawMasks` they are its inputs: `{view}` [n, h, w, c].
 * @throws RangeError when an option is out of range; by `draw` when there is no view, or the grid
 * does not divide it.
 */
export function contrastMask({
  grid,
  mode = 'low',
  ratio = 0.75,
}: ContrastMaskOptions): MaskStrategy<{view: tf.Tensor4D}> {
  const l = tokenCount('contrastMask', grid);
  const [rows, columns] = grid;
  checkRatio('contrastMask', ratio);
  check(mode === 'low' || mode === 'high', 'contrastMask', `expected mode 'low' or 'high', got '${mode}'`);
  const keep = Math.floor(l * (1 - ratio));
  checkMasked('contrastMask', ratio, l - keep, l);
  return {
    grid,
    draw: (key, n, {view}) =>
      tf.tidy(() => {
        check(
          view instanceof tf.Tensor,
          'contrastMask',
          'expected the view whose contrast decides, got none: a data source gives it, drawMasks is given {view}',
        );
        const [images, h, w, c] = view.shape;
        check(
          images === n && h % rows === 0 && w % columns === 0,
          'contrastMask',
          `expected ${n} images that a grid of ${rows} × ${columns} patches divides, got [${view.shape}]`,
        );
        const pixels = view.reshape([n, rows, h / rows, columns, w / columns, c]);
        const contrast = tf.moments(pixels, [2, 4]).variance.mean(-1).reshape<tf.Tensor2D>([n, l]);
        const lot = uniform(key, [n, l], {maximum: EVEN});
        // 0 is masked first
        const order = ranks((mode === 'low' ? contrast : contrast.neg()).add(lot) as tf.Tensor2D);
        return masksOf(order.less<tf.Tensor2D>(l - keep).toFloat(), keep);
      }),
  };
}
