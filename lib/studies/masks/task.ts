// A training of a masked autoencoder, decided by plain data that are kept with the run.
// He et al. 2022, "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377.

import {namedVit, type VitName} from '../../backbones/namedBackbone';
import type {Vit} from '../../backbones/vit';
import type {Dataset} from '../../datasets/dataset';
import type {tf} from '../../engine/tf';
import type {Grid} from '../../masks/masks';
import {namedMask, type MaskSettings} from '../../masks/namedMask';
import type {DecoderSize} from '../../methods/masked/decoder';
import {mae, type Mae, type MaeOutputs, type MaeParams, type MaeState} from '../../methods/masked/mae';
import {namedTarget, type TargetName} from '../../methods/masked/namedTarget';
import {namedOptimizer, type OptimizerSettings} from '../../training/namedOptimizer';
import {namedSchedule, type ScheduleSettings} from '../../training/namedSchedule';
import type {Task} from '../../training/training';
import {maskedView, type MaskedView} from '../../views/sources/maskedView';
import type {Recipe} from '../../views/recipe';
import {cropFlipViews} from '../../views/recipes/cropFlip';

/** What is hidden, and what is said of it: the paper's ablations. */
export type MaskedSettings = {
  mask: MaskSettings;
  /** @default 'normalisedPixels' */
  target?: TargetName;
  /** @default false */
  maskTokenInEncoder?: boolean;
};

/** What else decides a training. */
export type MaskTrainingSettings = {
  /** @default 'vit-nano' */
  backbone: VitName;
  /** @default two thirds of the encoder's width and depth */
  decoder?: DecoderSize;
  /** @default 20 */
  epochs: number;
  /** Images a step. @default 128 */
  batch: number;
  /** @default adamW with rate 0.001 and decay 0.05 */
  optimizer: OptimizerSettings;
  /** @default half a cosine after a warm-up of 0.1 of the run */
  schedule: ScheduleSettings;
  /** The smallest share of an image that a crop shows, and the share of crops that are mirrored. @default 0.2 and 0.5, the paper's */
  views: {smallestArea: number; flip: number};
};

export const maskTrainingDefaults: MaskTrainingSettings = {
  backbone: 'vit-nano', epochs: 20, batch: 128, optimizer: {name: 'adamW', rate: 1e-3, decay: 0.05}, schedule: {name: 'cosine', warmup: 0.1}, views: {smallestArea: 0.2, flip: 0.5},
};

export interface MaskTaskOptions extends Partial<MaskTrainingSettings>, MaskedSettings {
  dataset: Dataset;
  seed: number;
}

export type MaskTask = Task<MaskedView, MaeParams, MaeState, MaeOutputs, Record<string, tf.Tensor>> & {method: Mae};

/**
 * A training, and the encoder that it trains. The caller disposes `task.source`.
 *
 * @throws RangeError when patches do not divide the images, for a mask or a target that there is not, and as the mask's strategy and the decoder do.
 */
export function maskTask({mask, target = 'normalisedPixels', maskTokenInEncoder, ...options}: MaskTaskOptions): {task: MaskTask; encoder: Vit} {
  const {encoder, grid, recipe, decoder, training} = maskTraining(options);
  const method = mae({backbone: encoder, target: namedTarget(target, encoder), decoder, maskTokenInEncoder});
  return {encoder, task: {...training, method, source: maskedView({dataset: options.dataset, recipe, mask: namedMask(mask, grid)})}};
}

/** What trainings of masked encoders share, whatever is hidden and said. @throws RangeError when patches do not divide the images. */
export function maskTraining({dataset, seed, ...settings}: Omit<MaskTaskOptions, keyof MaskedSettings>):
  {encoder: Vit; grid: Grid; recipe: Recipe; decoder?: DecoderSize; training: Pick<MaskTask, 'optimizer' | 'schedule' | 'epochs' | 'batch' | 'seed'>} {
  const {backbone, decoder, epochs, batch, optimizer, schedule, views} = {...maskTrainingDefaults, ...settings};
  const {shape: [, h, w, channels], mean, standardDeviation} = dataset;
  const encoder = namedVit(backbone, channels);
  return {
    encoder, decoder, grid: encoder.grid({shape: [1, h, w, channels]} as tf.Tensor4D), recipe: cropFlipViews({size: h, mean, standardDeviation, area: [views.smallestArea, 1], flip: views.flip}),
    training: {optimizer: namedOptimizer(optimizer), schedule: namedSchedule(schedule, optimizer.rate), epochs, batch, seed},
  };
}
