// Hides the tokens that a teacher looks at most, or least: what is easy to guess from the
// background stays. Kakogeorgiou et al. 2022 (AttMask), "What to Hide from Your Students:
// Attention-Guided Masked Image Modeling", arXiv:2203.12719; gkakogeorgiou/attmask, attmask.py.
// Differs from their code: the hints of a batch follow its ratio, where theirs follow a second draw
// of it.

import {check} from '../check';
import {split, uniform} from '../engine/random';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {checkMasked, checkProbability, ratioBounds, tokenCount} from './checks';
import {masksOf, type Grid, type MaskStrategy} from './masks';
import {ranks} from './ranks';

/** Options of {@link attentionMask}. */
export interface AttentionMaskOptions {
  grid: Grid;
  /**
   * 'high' hides the tokens with the most attention, 'low' those with the least; 'hint' hides as
   * 'high' does and shows a few of the highest again.
   * @default 'high'
   */
  mode?: 'high' | 'hint' | 'low';
  /**
   * Share of tokens that are masked, above 0 and below 1; of a range one share is drawn for the
   * whole batch.
   * @default [0.1, 0.5]
   */
  ratio?: number | readonly [smallest: number, largest: number];
  /** Of an image to be masked at all, above 0 and at most 1. @default 0.5 */
  probability?: number;
  /**
   * Hints come out of this share of the tokens, those with the most attention; as many are shown as
   * it is of the masked ones. Between 0 and the ratio.
   * @default 0.1
   */
  top?: number;
}

/**
 * Masks ⌊l · ratio⌋ tokens by their attention; of equal ones the first first.
 *
 * @returns A strategy whose `draw` is given `attention` [n, l], how much the teacher's class token
 * looks at each patch in the last block, a mean over heads. No gradient flows into it.
 *   `valid` is told unless every image keeps as many tokens: with a single ratio, at probability 1.
 * @throws RangeError when an option is out of range; by `draw` when there is no attention, or one
 * of other tokens.
 */
export function attentionMask({
  grid,
  mode = 'high',
  ratio = [0.1, 0.5],
  probability = 0.5,
  top = 0.1,
}: AttentionMaskOptions): MaskStrategy<{attention: tf.Tensor2D}> {
  const l = tokenCount('attentionMask', grid);
  const [smallest, largest] = ratioBounds('attentionMask', ratio);
  checkMasked('attentionMask', smallest, Math.floor(l * smallest), l);
  checkProbability('attentionMask', probability);
  check(
    ['high', 'hint', 'low'].includes(mode),
    'attentionMask',
    `expected mode 'high', 'hint' or 'low', got '${mode}'`,
  );
  check(
    mode !== 'hint' || (top > 0 && top <= smallest),
    'attentionMask',
    `expected hints out of a top share above 0 and at most the ratio of ${smallest}, got ${top}`,
  );
  const shown = mode === 'hint' ? top : 0; // of the masked ones
  const keep =
    smallest === largest && probability === 1
      ? l - Math.floor(l * smallest) + Math.floor(l * smallest * shown)
      : undefined;
  return {
    grid,
    draw: (key, n, {attention}) =>
      tf.tidy(() => {
        check(
          attention instanceof tf.Tensor,
          'attentionMask',
          'expected the attention of a teacher, got none: a method that has a teacher draws these masks, a ' +
            'data source cannot',
        );
        check(
          `${attention.shape}` === `${[n, l]}`,
          'attentionMask',
          `expected attention [${[n, l]}] on the tokens of each image, got [${attention.shape}]`,
        );
        const [ratioKey, chanceKey, hintKey] = split(key, 3);
        const scores = stopGradient(attention);
        const count = (share: number) =>
          smallest === largest
            ? Math.floor(l * smallest * share)
            : uniform(ratioKey!, [1, 1], {minimum: smallest, maximum: largest})
                .mul(l * share)
                .floor();
        const places = ranks(mode === 'low' ? scores : scores.neg()); // 0 is masked first
        const masked = places
          .less(count(1))
          .logicalAnd(uniform(chanceKey!, [n, 1]).less(probability))
          .toFloat(); // [n, l]
        if (mode !== 'hint') return masksOf(masked as tf.Tensor2D, keep);
        const highest = places.less(Math.floor(l * top)).toFloat();
        // of the highest in random order the first
        const hints = ranks(uniform(hintKey!, [n, l]).sub(highest.mul(2)) as tf.Tensor2D).less(count(shown));
        return masksOf(masked.mul(tf.sub(1, hints.toFloat())) as tf.Tensor2D, keep);
      }),
  };
}
