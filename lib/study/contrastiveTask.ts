// A training with one of the contrastive methods, decided by plain data that are kept with the run.

import {health} from '../analysis/health';
import {namedBackbone, type BackboneName} from '../backbones/namedBackbone';
import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import type {tf} from '../engine/tf';
import {hasTemperature, namedLoss, namedPairLoss, type LossName} from '../losses/namedLoss';
import {instanceDiscrimination} from '../methods/contrastive/instanceDiscrimination';
import {moco} from '../methods/contrastive/moco';
import {simclr} from '../methods/contrastive/simclr';
import type {TemperatureSchedule} from '../methods/contrastive/temperatureSchedule';
import type {Params} from '../module';
import {namedOptimizer, type OptimizerSettings} from '../training/namedOptimizer';
import {namedSchedule, type ScheduleSettings} from '../training/namedSchedule';
import type {Task} from '../training/training';
import {oneView} from '../views/sources/oneView';
import type {Recipe} from '../views/recipe';
import {mocoV1Views} from '../views/recipes/mocoV1';
import {mocoV2Views} from '../views/recipes/mocoV2';
import {simclrViews} from '../views/recipes/simclr';
import {twoViews} from '../views/sources/twoViews';
import {methodNames} from './methodNames';
import type {MethodSettings} from './methodTask';
import {noInformation} from './noInformation';

/** Negatives come out of the batch, out of a queue of earlier keys, out of a memory of all images. */
export const contrastiveMethods = ['simclr', 'moco', 'instanceDiscrimination'] as const;
export type ContrastiveMethod = typeof contrastiveMethods[number];

/** As {@link methodNames}, but for MoCo: projector and views are settings here, and may be those of its first version or of its second. */
export const methodTitles: Record<ContrastiveMethod, string> = {simclr: methodNames.simclr, moco: 'MoCo', instanceDiscrimination: methodNames.instanceDiscrimination};

/** Colour strength, probability of blur and smallest share of the image that a crop shows; or the views of MoCo's papers as they are. */
export type ViewSettings = {recipe: 'simclr'; strength: number; blur: number; smallestArea: number} | {recipe: 'mocoV1' | 'mocoV2'};

/** What decides a training beside its loss, its τ, its seed and its data. */
export type ContrastiveSettings = {
  /** @default 'simclr' */
  method: ContrastiveMethod;
  /** @default 'smallConv' */
  backbone: BackboneName;
  /** Widths of the projector's layers. @default [192, 128] */
  projector: number[];
  /** @default 12 */
  epochs: number;
  /** Images a step; twice as many views. @default 256 */
  batch: number;
  /** @default adamW with rate 0.003 and decay 0.0001 */
  optimizer: OptimizerSettings;
  /**
   * @default half a cosine after a warm-up of 0.4 of the run. With 0.1 hard sampling does not get over its start within 12 epochs of drawn emoji: pushed by the nearest negatives alone, a
   * fresh encoder first maps all images
   * nearly alike (hard contrastive, τ = 0.05, seed 0: uniformity 0.04 after three epochs and 0.32 at the end; with 0.4 it ends at 2.67, while the ordinary loss hardly moves, 2.90 and 2.97)
   */
  schedule: ScheduleSettings;
  /** @default SimCLR's with strength 0.5, no blur, crops of at least 0.4: small crops of flat drawings show plain colour */
  views: ViewSettings;
  /** Share of the negatives that hard losses keep, above 0 and at most 1. @default 0.0819, Wang & Liu's 4,095 of 50,000 */
  share: number;
  /** MoCo's number of keys, the share of its key encoder that stays at each step, and parts of a batch for BatchNorm. @default 1024, 0.99, 4: for trainings of a few hundred steps */
  moco: {queue: number; momentum: number; groups: number};
};

export const contrastiveDefaults: ContrastiveSettings = {
  method: 'simclr', backbone: 'smallConv', projector: [192, 128], epochs: 12, batch: 256, optimizer: {name: 'adamW', rate: 3e-3, decay: 1e-4}, schedule: {name: 'cosine', warmup: 0.4},
  views: {recipe: 'simclr', strength: 0.5, blur: 0, smallestArea: 0.4}, share: 0.0819, moco: {queue: 1024, momentum: 0.99, groups: 4},
};

export interface ContrastiveTaskOptions extends Partial<ContrastiveSettings> {
  dataset: Dataset;
  /** @default 'contrastive' */
  loss?: LossName;
  /** Any value for a loss without τ. */
  temperature: TemperatureSchedule;
  seed: number;
}

export type ContrastiveParams = {backbone: Params; projector: Params; temperature: Params};
/** Of both views, or of views and what is remembered of their images [2n, d]; and τ. */
export type ContrastiveOutputs = {projection: tf.Tensor2D; temperature: tf.Scalar};
export type ContrastiveTask = Task<Params, ContrastiveParams, Params, ContrastiveOutputs>;

/** A training, and the views that it sees. The caller disposes `task.source`. */
export function contrastiveTask({dataset, loss = 'contrastive', temperature, seed, ...chosen}: ContrastiveTaskOptions): {task: ContrastiveTask; recipe: Recipe} {
  const {epochs, batch, optimizer, schedule, views, ...settings} = {...contrastiveDefaults, ...chosen};
  const recipe = recipeOf(views, dataset);
  const judged: MethodSettings = settings.method === 'moco' ? {method: 'moco', options: {temperature, queue: settings.moco.queue}} : {method: settings.method, options: {temperature}};
  const task = (parts: Pick<ContrastiveTask, 'method' | 'source'>): ContrastiveTask => ({
    ...parts, optimizer: namedOptimizer(optimizer), schedule: namedSchedule(schedule, optimizer.rate), epochs, batch, seed, ...(loss === 'contrastive' && {range: noInformation(judged, {batch, backbone: settings.backbone, images: dataset.splits.pretrain.length})}),
    watch: outputs => ({...health(outputs), ...(hasTemperature(loss) && typeof temperature !== 'number' && {temperature: outputs.temperature})}),
  });
  const common = {backbone: namedBackbone(settings.backbone, dataset.shape[3]), projector: settings.projector, temperature};
  const share = {share: settings.share};
  switch (settings.method) {
    case 'simclr': return {recipe, task: task({method: simclr({...common, loss: namedPairLoss(loss, share)}), source: twoViews({dataset, recipe})})};
    case 'moco': return {recipe, task: task({method: moco({...common, ...settings.moco, loss: namedLoss(loss, share)}), source: twoViews({dataset, recipe})})};
    case 'instanceDiscrimination': return {recipe, task: task({
      method: instanceDiscrimination({...common, size: dataset.splits.pretrain.length, loss: namedLoss(loss, share)}),
      source: oneView({dataset, recipe}),
    })};
    default:
      settings.method satisfies never;
      check(false, 'contrastiveTask', `expected ${contrastiveMethods.join(', ')}, got '${settings.method as string}'`);
  }
}

function recipeOf(views: ViewSettings, {shape: [, size], mean, standardDeviation}: Dataset): Recipe {
  const looks = {size, mean, standardDeviation};
  switch (views.recipe) {
    case 'simclr': return simclrViews({...looks, strength: views.strength, blur: views.blur, area: [views.smallestArea, 1]});
    case 'mocoV1': return mocoV1Views(looks);
    case 'mocoV2': return mocoV2Views(looks);
    default: return views satisfies never;
  }
}
