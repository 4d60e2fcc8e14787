// The temperature study's trainings as settings of a method: which negatives, which loss, which τ.

import {check} from '../../check';
import type {Dataset} from '../../datasets/dataset';
import type {LossName} from '../../losses/namedLoss';
import {methodNames, type MethodName, type MethodSettings} from '../../methods/catalogue';
import type {TemperatureSchedule} from '../../methods/contrastive/temperatureSchedule';
import {methodTask, type Built, type MethodTask} from '../../study/methodTask';
import {encoderDefaults, type EncoderSettings, type TrainingSettings} from '../../study/trainingSettings';
import {recipeDefaults} from '../../views/recipes/namedRecipe';

/**
 * Negatives come out of the batch, out of a queue of earlier keys, out of a memory of all images.
 */
export const contrastiveMethods = ['simclr', 'moco', 'instanceDiscrimination'] as const satisfies readonly MethodName[];
/** A method whose loss has a temperature, by name. */
export type ContrastiveMethod = (typeof contrastiveMethods)[number];

/**
 * As {@link methodNames}, but for MoCo: its projector and views may be those of its first version
 * or of its second.
 */
export const methodTitles: Record<ContrastiveMethod, string> = {
  simclr: methodNames.simclr,
  moco: 'MoCo',
  instanceDiscrimination: methodNames.instanceDiscrimination,
};

/** What decides a training beside its loss, its τ, its seed and its data. */
export type ContrastiveSettings = EncoderSettings &
  Pick<TrainingSettings, 'views'> & {
    /** @default 'simclr' */
    method: ContrastiveMethod;
    /**
     * Share of negatives that hard losses keep, above 0 and at most 1.
     * @default 0.0819, Wang & Liu's 4,095 of 50,000
     */
    share: number;
    /**
     * MoCo's number of keys, the share of its key encoder that stays at each step, and parts of a
     * batch for BatchNorm.
     *
     * @default 1024, 0.99, 4: for trainings of a few hundred steps
     */
    moco: {queue: number; momentum: number; groups: number};
  };

/**
 * With a warm-up of 0.1 hard sampling does not get over its start within 12 epochs of drawn emoji:
 * pushed by the nearest negatives alone, a fresh encoder first maps all images nearly alike (hard
 * contrastive, τ = 0.05, seed 0: uniformity 0.04 after three epochs and 0.32 at the end; with 0.4
 * it ends at 2.67, while the ordinary loss hardly moves, 2.90 and 2.97).
 */
export const contrastiveDefaults: ContrastiveSettings = {
  ...encoderDefaults,
  method: 'simclr',
  schedule: {name: 'cosine', warmup: 0.4},
  views: {recipe: 'simclr', ...recipeDefaults},
  share: 0.0819,
  moco: {queue: 1024, momentum: 0.99, groups: 4},
};

export interface ContrastiveTaskOptions extends Partial<ContrastiveSettings> {
  dataset: Dataset;
  /** @default 'contrastive' */
  loss?: LossName;
  /** Any value for a loss without τ. */
  temperature: TemperatureSchedule;
  seed: number;
}

/**
 * The task of the study's settings, by {@link methodTask}.
 * @throws RangeError for a method without negatives.
 */
export function contrastiveTask({
  dataset,
  loss = 'contrastive',
  temperature,
  seed,
  ...chosen
}: ContrastiveTaskOptions): Built<MethodTask> {
  const {method, projector, share, moco, ...training} = {...contrastiveDefaults, ...chosen};
  check(
    contrastiveMethods.includes(method),
    'contrastiveTask',
    `expected ${contrastiveMethods.join(', ')}, got '${method}'`,
  );
  const options = {projector, temperature, ...(method === 'moco' && moco)};
  const settings: MethodSettings = {method, loss, share, options};
  return methodTask({dataset, seed, ...training, method: settings});
}
