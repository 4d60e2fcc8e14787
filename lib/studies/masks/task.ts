// The mask studies' trainings as settings of a method: which patches are hidden, what their target
// is, which decoder. He et al. 2022, "Masked Autoencoders Are Scalable Vision Learners",
// arXiv:2111.06377. Chen et al. 2022, "SdAE: Self-distillated Masked Autoencoder", ECCV,
// arXiv:2208.00449.

import type {VitName} from '../../backbones/namedBackbone';
import {check} from '../../check';
import type {Dataset} from '../../datasets/dataset';
import type {MaskSettings} from '../../masks/namedMask';
import type {MethodSettings} from '../../methods/catalogue';
import type {DecoderSize} from '../../methods/masked/decoder';
import type {TargetName} from '../../methods/masked/namedTarget';
import {methodTask, type Built, type MethodTask, type TaskNamed} from '../../study/methodTask';
import type {TrainingSettings} from '../../study/trainingSettings';

/** The paper's ablations: what is hidden, and what is predicted of it. */
export type MaskedSettings = {
  mask: MaskSettings;
  /**
   * 'features': those of the encoder's moving average, as in SdAE, with random masks.
   * @default 'normalizedPixels'
   */
  target?: TargetName | 'features';
  /** @default false */
  maskTokenInEncoder?: boolean;
};

/** What else decides a training. */
export type MaskTrainingSettings = Pick<TrainingSettings, 'epochs' | 'batch' | 'optimizer' | 'schedule'> & {
  /** @default 'vit-nano' */
  backbone: VitName;
  /** @default two thirds of the encoder's width and depth */
  decoder?: DecoderSize;
  /**
   * Smallest share of an image that a crop shows, and share of crops that are mirrored.
   * @default 0.2, 0.5: the paper's
   */
  views: {smallestArea: number; flip: number};
};

/**
 * 20 epochs of batches of 128, AdamW with rate 0.001 and decay 0.05, half a cosine after a warm-up
 * of 0.1.
 */
export const maskTrainingDefaults: MaskTrainingSettings = {
  backbone: 'vit-nano',
  epochs: 20,
  batch: 128,
  optimizer: {name: 'adamW', rate: 1e-3, decay: 0.05},
  schedule: {name: 'cosine', warmup: 0.1},
  views: {smallestArea: 0.2, flip: 0.5},
};

export interface MaskTaskOptions extends Partial<MaskTrainingSettings>, MaskedSettings {
  dataset: Dataset;
  seed: number;
}

/**
 * The share of SdAE's teacher that stays at a step: it follows the encoder by some hundred steps.
 * The authors' moves once an epoch, for 300 epochs; in a few it would hardly leave its start.
 */
const MOMENTUM = 0.99;

/** As in 'random 75 %'. */
export const maskName = (mask: MaskSettings | null): string =>
  mask === null ? 'not pre-trained' : `${mask.strategy} ${Number((100 * mask.ratio).toFixed(1))} %`;

/**
 * The task of the studies' settings, by {@link methodTask}. The caller disposes `task.source`,
 * unless it trains in a run of a study.
 *
 * @throws RangeError when patches do not divide the images, for a mask or a target that there is
 * not, for the target 'features' with other than random masks, and as the mask's strategy and the
 * decoder do.
 */
export function maskTask(options: MaskTaskOptions & {target?: TargetName}): Built<TaskNamed<'mae'>>;
export function maskTask(options: MaskTaskOptions): Built<MethodTask>;
export function maskTask({
  dataset,
  seed,
  mask,
  target,
  maskTokenInEncoder,
  ...chosen
}: MaskTaskOptions): Built<MethodTask> {
  const {decoder, views, ...training} = {...maskTrainingDefaults, ...chosen};
  const method = methodOf({mask, target, maskTokenInEncoder, decoder});
  return methodTask({dataset, seed, method, ...training, views: {recipe: 'cropFlip', ...views}});
}

function methodOf({
  mask,
  target,
  maskTokenInEncoder,
  decoder,
}: MaskedSettings & {decoder?: DecoderSize}): MethodSettings {
  if (target !== 'features') return {method: 'mae', mask, target, options: {decoder, maskTokenInEncoder}};
  check(
    mask.strategy === 'random' && !maskTokenInEncoder,
    'maskTask',
    "expected random masks and no mask token in the encoder with the target 'features', " +
      `got ${maskName(mask)}${maskTokenInEncoder ? ' with one' : ''}`,
  );
  return {method: 'sdae', ratio: mask.ratio, options: {decoder, momentum: MOMENTUM, every: 'step'}};
}
