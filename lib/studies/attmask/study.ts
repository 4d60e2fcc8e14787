// Where a student's crops are masked: at random, in blocks, where the teacher looks most or least.
// iBOT with each of them, at one range of ratios, and nothing else that differs. Kakogeorgiou et
// al. 2022 (AttMask), "What to Hide from Your Students: Attention-Guided Masked Image Modeling",
// arXiv:2203.12719, sec. 4.

import {check} from '../../check';
import {cropMaskDefaults, type CropMaskSettings} from '../../masks/namedCropMask';
import {methodStudy, type MethodRow, type MethodStudyOptions, type Variant} from '../methods/study';
import type {MethodSettings} from '../../methods/catalogue';
import {resultsFolder} from '../../study/resultsFolder';
import type {Ablation} from '../siblings/study';

/** Names of the ways to mask the student's crops, as AttMask's paper has them. */
export const cropStrategyNames = ['random', 'block-wise', 'AttMask-Low', 'AttMask-Hint', 'AttMask-High'] as const;
/** A way to mask the student's crops. */
export type CropStrategyName = (typeof cropStrategyNames)[number];

/** What hides. */
export const cropStrategies: Readonly<Record<CropStrategyName, CropMaskSettings>> = {
  random: {strategy: 'random'},
  'block-wise': {strategy: 'block'},
  'AttMask-Low': {strategy: 'attention', mode: 'low'},
  'AttMask-Hint': {strategy: 'attention', mode: 'hint'},
  'AttMask-High': {strategy: 'attention', mode: 'high'},
};

/** The lines of its figure, by their variants. */
export const attmaskAblation: Ablation = {
  title: 'Where the student is masked',
  about:
    `iBOT. Of half of the large crops ${cropMaskDefaults.ratio.map(share => 100 * share).join(' to ')} % ` +
    `of the tokens are masked: at random and by the attention of the teacher's class token a share drawn ` +
    'for each batch, block-wise one for each crop, at most that.',
  lines: cropStrategyNames.map(name => [name, name]),
};

/** Options of {@link attmaskStudy}: which crops of the student are masked how. */
export interface AttmaskStudyOptions extends Omit<MethodStudyOptions, 'variants'> {
  /** Which strategies are trained. @default all */
  strategies?: CropStrategyName[];
  /** What of iBOT is not at its default, the same for all strategies. */
  ibot?: Omit<Extract<MethodSettings, {method: 'ibot'}>, 'method' | 'mask'>;
}

/** The trainings, each once. @throws RangeError for a name that is no strategy. */
export function attmaskVariants(
  names: readonly CropStrategyName[],
  ibot?: AttmaskStudyOptions['ibot'],
): (Variant & {name: CropStrategyName})[] {
  for (const name of names)
    check(
      cropStrategyNames.includes(name),
      'attmaskStudy',
      `expected strategies of ${cropStrategyNames.join(', ')}, got '${name}'`,
    );
  return names.map(name => ({name, method: {method: 'ibot', ...ibot, mask: cropStrategies[name]}}));
}

/**
 * Trains iBOT with each strategy, for each seed, and yields a row for each run, seed by seed.
 * @throws as {@link methodStudy}.
 */
export function attmaskStudy({
  strategies = [...cropStrategyNames],
  ibot,
  backbone = 'vit-nano-token',
  folder = resultsFolder('attmask'),
  ...options
}: AttmaskStudyOptions): AsyncGenerator<MethodRow> {
  return methodStudy({...options, backbone, folder, variants: attmaskVariants(strategies, ibot)});
}
