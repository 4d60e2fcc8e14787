// A way to draw masks as plain data: for command lines and for the options that a run keeps.

import {check} from '../check';
import type {tf} from '../engine/tf';
import {blockMask} from './blockMask';
import {cellMask} from './cellMask';
import {gridMask} from './gridMask';
import {inverseBlockMask} from './inverseBlockMask';
import type {Grid, MaskStrategy} from './masks';
import {randomMask} from './randomMask';

/**
 * Strategies that keep as many tokens in every image, so that an encoder can skip the others:
 * block-wise masks are filled up to their count.
 */
export type MaskSettings =
  | {strategy: 'random' | 'grid' | 'block' | 'inverseBlock'; ratio: number}
  | {strategy: 'cells'; ratio: number; /** @default 2 */ cell?: number};
export type MaskStrategyName = MaskSettings['strategy'];

/** @throws RangeError as the strategy does. */
export function namedMask(settings: MaskSettings, grid: Grid): MaskStrategy<Record<string, tf.Tensor>> {
  const {ratio} = settings;
  switch (settings.strategy) {
    case 'random':
      return randomMask({grid, ratio});
    case 'cells':
      return cellMask({grid, ratio, cell: settings.cell});
    case 'grid':
      return gridMask({grid, ratio});
    case 'block':
      return blockMask({grid, ratio, exact: true});
    case 'inverseBlock':
      return inverseBlockMask({grid, ratio});
    default:
      settings satisfies never;
      check(
        (settings as {strategy: string}).strategy !== 'attention',
        'namedMask',
        "expected a strategy that draws on its own, got attention: what is hidden by a teacher's attention " +
          'needs a method with a teacher, such as iBOT',
      );
      check(
        false,
        'namedMask',
        `expected random, cells, grid, block or inverseBlock, got '${(settings as MaskSettings).strategy}'`,
      );
  }
}
