// Masks of a method that hides parts of its large crops, as plain data: for command lines and for
// the options that a run keeps. Kakogeorgiou et al. 2022 (AttMask), "What to Hide from Your
// Students: Attention-Guided Masked Image Modeling", arXiv:2203.12719; gkakogeorgiou/attmask,
// main_attmask.py and loader.py. Differs from their code: random masks have one ratio a batch, as
// masks by attention have it, where theirs draw one for each crop.

import {check} from '../check';
import {split, uniform} from '../engine/random';
import type {tf} from '../engine/tf';
import {attentionMask, type AttentionMaskOptions} from './attentionMask';
import {blockMask} from './blockMask';
import {tokenCount} from './checks';
import type {Grid, MaskStrategy} from './masks';

type Hidden = {
  /**
   * Share of tokens that is hidden, or a range of shares. By attention and at random one is drawn
   * for each batch, block-wise for each crop, whose blocks hide at most that.
   * @default [0.1, 0.5]
   */
  ratio?: number | [smallest: number, largest: number];
  /** Of a crop to be masked at all. @default 0.5 */
  probability?: number;
};

/** At random, in blocks (iBOT's own), or by where the teacher's class token looks. */
export type CropMaskSettings = Hidden &
  ({strategy: 'random' | 'block'} | {strategy: 'attention'; mode: NonNullable<AttentionMaskOptions['mode']>});

/** What of a crop's tokens is hidden where nothing else is said. */
export const cropMaskDefaults = {ratio: [0.1, 0.5], probability: 0.5} satisfies Required<Hidden>;

/**
 * @returns A strategy that draws on its own, or one that is given `attention` by the method.
 * @throws RangeError as the strategy does.
 */
export function namedCropMask(settings: CropMaskSettings, grid: Grid): MaskStrategy<Record<string, tf.Tensor>> {
  const {ratio = cropMaskDefaults.ratio, probability = cropMaskDefaults.probability} = settings;
  const options = {grid, ratio: ratio as number | readonly [number, number], probability};
  switch (settings.strategy) {
    case 'random':
      return atRandom(options);
    case 'block':
      return blockMask(options);
    case 'attention':
      return attentionMask({...options, mode: settings.mode});
    default:
      settings satisfies never;
      check(
        false,
        'namedCropMask',
        `expected random, block or attention, got '${(settings as CropMaskSettings).strategy}'`,
      );
  }
}

/** By an attention that is noise: as many tokens of as many crops as by any other. */
function atRandom(options: AttentionMaskOptions): MaskStrategy {
  const {draw} = attentionMask(options);
  const l = tokenCount('namedCropMask', options.grid);
  return {
    grid: options.grid,
    draw(key, n) {
      const [noise, rest] = split(key, 2);
      return draw(rest!, n, {attention: uniform(noise!, [n, l])});
    },
  };
}
