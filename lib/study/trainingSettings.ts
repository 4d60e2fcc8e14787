// What decides a training beside its method, its seed and its data, as plain data that are kept
// with the run.

import type {BackboneName} from '../backbones/namedBackbone';
import {namedOptimizer, type OptimizerSettings} from '../training/namedOptimizer';
import {namedSchedule, type ScheduleSettings} from '../training/namedSchedule';
import type {Task} from '../training/training';
import {recipeDefaults, type RecipeSettings} from '../views/recipes/namedRecipe';

/** How a study trains one of its encoders, whatever the method. */
export type TrainingSettings = {
  /** The encoder, by name. @default 'smallConv' */
  backbone: BackboneName;
  /** Passes over the pretrain split. @default 12 */
  epochs: number;
  /** Images a step. @default 256 */
  batch: number;
  /** The optimizer, its rate and its decay. @default adamW with rate 0.003 and decay 0.0001 */
  optimizer: OptimizerSettings;
  /** How the rate moves. @default half a cosine after a warm-up of 0.1 of the run */
  schedule: ScheduleSettings;
  /** The recipe of the views. @default {@link recipeDefaults} */
  views: RecipeSettings;
  /**
   * Small crops beside the two large ones, for methods that take them: how many, and their side as a
   * share of the large ones', below 1; they show less of the image.
   * @default none
   */
  local: {count: number; scale: number};
};

/** Defaults of {@link TrainingSettings}, which train on the small drawn emoji in minutes. */
export const trainingDefaults: TrainingSettings = {
  backbone: 'smallConv',
  epochs: 12,
  batch: 256,
  optimizer: {name: 'adamW', rate: 3e-3, decay: 1e-4},
  schedule: {name: 'cosine', warmup: 0.1},
  views: recipeDefaults,
  local: {count: 0, scale: 0.5},
};

/** Of an encoder with a projector, whose views a study makes itself. */
export type EncoderSettings = Omit<TrainingSettings, 'views' | 'local'> & {
  /** Widths of the projector's layers. @default [192, 128] */
  projector: number[];
};

const {views: _, local: __, ...training} = trainingDefaults;

/**
 * Defaults of {@link EncoderSettings}: those of {@link trainingDefaults} without views, and the
 * projector.
 */
export const encoderDefaults: EncoderSettings = {...training, projector: [192, 128]};

/** The settings that are a task's own, as the task has them. */
export function trainingOf({
  epochs,
  batch,
  optimizer,
  schedule,
}: Pick<TrainingSettings, 'epochs' | 'batch' | 'optimizer' | 'schedule'>): Pick<
  Task<unknown, {}>,
  'epochs' | 'batch' | 'optimizer' | 'schedule'
> {
  return {
    epochs,
    batch,
    optimizer: namedOptimizer(optimizer),
    schedule: namedSchedule(schedule, optimizer.rate),
  };
}
