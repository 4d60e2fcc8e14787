// What mask studies compare: each a list of trainings that differ in one thing, the same reference among them.
// He et al. 2022 (MAE), arXiv:2111.06377, fig. 5 and table 1.

import type {DecoderSize} from '../methods/masked/decoder';
import type {MaskVariant} from './maskStudy';

/** Three quarters of the patches at random: what is best in the paper, and what the other trainings differ from. */
const reference = {mask: {strategy: 'random', ratio: 0.75}} as const;

/** The encoder as it starts, and fine-tuned from there. */
const notPretrained: MaskVariant = {mask: null, fineTune: true};

/** Random masks. @param fineTuned Ratios whose encoders are fine-tuned, too. */
export function ratioVariants(ratios: readonly number[], fineTuned: readonly number[]): MaskVariant[] {
  return [notPretrained, ...ratios.map((ratio): MaskVariant => ({mask: {strategy: 'random', ratio}, ...(fineTuned.includes(ratio) && {fineTune: true})}))];
}

/** All strategies that keep as many patches in every image, at equal ratio, and those of the paper's table 1f. Cells are of 2 × 2 patches. */
export const strategyVariants: readonly MaskVariant[] = [
  notPretrained, {...reference, fineTune: true},
  ...(['grid', 'cells', 'block', 'inverseBlock'] as const).map((strategy): MaskVariant => ({mask: {strategy, ratio: 0.75}})), {mask: {strategy: 'block', ratio: 0.5}}, {mask: {strategy: 'random', ratio: 0.5}},
];

/** What is said of a hidden patch; whether the encoder sees mask tokens; depth and width of the decoder. */
export type DesignName = 'target' | 'maskToken' | 'decoderDepth' | 'decoderWidth';

/** @param decoder That of the reference. */
export function designVariants(decoder: Required<Pick<DecoderSize, 'width' | 'depth'>>, {depths, widths}: {depths: readonly number[]; widths: readonly number[]}): MaskVariant[] {
  return [];
}
