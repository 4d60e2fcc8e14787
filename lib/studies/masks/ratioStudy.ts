// The mask ratio as a dial: how much of an image is hidden, and what the encoder learns of the
// rest. He et al. 2022, "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, fig.
// 5.

import {maskStudy, notPretrained, type MaskRow, type MaskStudyOptions, type MaskVariant} from './study';

/** Options of {@link maskRatioStudy}: those of all mask studies, and which shares are hidden. */
export interface MaskRatioStudyOptions extends Omit<MaskStudyOptions, 'variants'> {
  /**
   * Shares of the patches that are hidden at random, above 0 and below 1.
   * @default {@link maskRatios}
   */
  ratios?: readonly number[];
  /** Those of them whose encoders are fine-tuned, too. @default the lowest, 0.75 and the highest */
  fineTuned?: readonly number[];
}

/** Seven ratios from 0.1 to 0.95. */
export const maskRatios: readonly number[] = [0.1, 0.25, 0.4, 0.6, 0.75, 0.85, 0.95];

/** The trainings of {@link maskRatioStudy}. */
export function ratioVariants({
  ratios = maskRatios,
  fineTuned = [Math.min(...ratios), 0.75, Math.max(...ratios)],
}: Pick<MaskRatioStudyOptions, 'ratios' | 'fineTuned'> = {}): MaskVariant[] {
  return [
    notPretrained,
    ...ratios.map((ratio): MaskVariant => ({
      mask: {strategy: 'random', ratio},
      ...(fineTuned.includes(ratio) && {fineTune: true}),
    })),
  ];
}

/**
 * Trains at each ratio for each seed, and measures the encoder that is not pre-trained; a row for
 * each run, seed by seed.
 * @throws as {@link maskStudy}.
 */
export function maskRatioStudy({
  ratios,
  fineTuned,
  ...options
}: MaskRatioStudyOptions): AsyncGenerator<MaskRow, void, undefined> {
  return maskStudy({...options, variants: ratioVariants({ratios, fineTuned})});
}
