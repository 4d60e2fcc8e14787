// Which patches are hidden, at equal ratio: at random, in a grid, in cells, in blocks, or all but a
// block. He et al. 2022 (MAE), arXiv:2111.06377, table 1f.

import type {MaskSettings} from '../../masks/namedMask';
import {maskReference, maskStudy, notPretrained, type MaskRow, type MaskStudyOptions, type MaskVariant} from './study';

/** Options of {@link maskStrategyStudy}: those of all mask studies, and which masks are drawn. */
export interface MaskStrategyStudyOptions extends Omit<MaskStudyOptions, 'variants'> {
  /** Beside random masks of 75 %, which are always trained. @default {@link maskStrategies} */
  strategies?: readonly MaskSettings[];
}

/**
 * Beside random masks of 75 %: every strategy that keeps as many patches in each image, cells of 2
 * × 2 patches; and at 50 % the blocks of the paper's table, and random masks beside them.
 */
export const maskStrategies: readonly MaskSettings[] = [
  {strategy: 'grid', ratio: 0.75},
  {strategy: 'cells', ratio: 0.75},
  {strategy: 'block', ratio: 0.75},
  {strategy: 'inverseBlock', ratio: 0.75},
  {strategy: 'random', ratio: 0.5},
  {strategy: 'block', ratio: 0.5},
];

/** The trainings of {@link maskStrategyStudy}. */
export const strategyVariants = ({
  strategies = maskStrategies,
}: Pick<MaskStrategyStudyOptions, 'strategies'> = {}): MaskVariant[] => [
  notPretrained,
  maskReference,
  ...strategies.map(mask => ({mask})),
];

/**
 * Trains the reference and each strategy for each seed, and measures the encoder that is not
 * pre-trained; a row for each run, seed by seed.
 * @throws as {@link maskStudy}.
 */
export function maskStrategyStudy({
  strategies,
  ...options
}: MaskStrategyStudyOptions): AsyncGenerator<MaskRow, void, undefined> {
  return maskStudy({...options, variants: strategyVariants({strategies})});
}
