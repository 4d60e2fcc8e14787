// A training whose decoder says features of the hidden patches, decided by plain data that are kept with the run.
// Chen et al. 2022, "SdAE: Self-distillated Masked Autoencoder", ECCV, arXiv:2208.00449.

import type {Vit} from '../../backbones/vit';
import {foldMask} from '../../masks/foldMask';
import type {TargetMasks} from '../../masks/masks';
import type {TeacherState} from '../../methods/parts/backboneTeacher';
import {sdae, type SdaeOutputs, type SdaeParams} from '../../methods/masked/sdae';
import type {Task} from '../../training/training';
import {maskedView, type MaskedView} from '../../views/sources/maskedView';
import {maskTraining, type MaskTaskOptions} from './task';

/**
 * The share of the teacher that stays at a step: it follows the encoder by some hundred steps. The authors' moves once an epoch, for 300 epochs; in a few it would hardly leave its start, which is random.
 */
const MOMENTUM = 0.99;

export interface SdaeTaskOptions extends Omit<MaskTaskOptions, 'mask' | 'target' | 'maskTokenInEncoder'> {
  /** Share of tokens that is hidden, at random and in three folds. */
  ratio: number;
}

export type SdaeTask = Task<MaskedView<TargetMasks>, SdaeParams, TeacherState, SdaeOutputs>;

/** A training, and the encoder that it trains. The caller disposes `task.source`. @throws RangeError when patches do not divide the images, and as `foldMask` and the decoder do. */
export function sdaeTask({ratio, ...options}: SdaeTaskOptions): {task: SdaeTask; encoder: Vit} {
  const {encoder, grid, recipe, decoder, training} = maskTraining(options);
  return {encoder, task: {...training, method: sdae({backbone: encoder, decoder, momentum: MOMENTUM, every: 'step'}), source: maskedView({dataset: options.dataset, recipe, mask: foldMask({grid, ratio})})}};
}
