// A training with any method of the catalogue, decided by plain data that are kept with the run.

import {health, type HealthOutputs} from '../analysis/health';
import {namedBackbone} from '../backbones/namedBackbone';
import {check, whole} from '../check';
import type {Dataset} from '../datasets/dataset';
import type {tf} from '../engine/tf';
import {
  type BatchNamed,
  type MethodNamed,
  type MethodName,
  methodRecord,
  type MethodSettings,
} from '../methods/catalogue';
import {temperatureSchedule} from '../methods/contrastive/temperatureSchedule';
import type {Method, Params, Source} from '../module';
import type {Task} from '../training/training';
import type {MultiCropRecipe, Recipe} from '../views/recipe';
import {namedRecipe, type RecipeSettings} from '../views/recipes/namedRecipe';
import {trainingDefaults, trainingOf, type TrainingSettings} from './trainingSettings';

/** The smallest share of an image that a small crop shows: DINO's. */
const LOCAL_AREA = 0.05;

/**
 * Options of {@link methodTask}: the settings of a training that differ from {@link
 * trainingDefaults}, the method and the data.
 */
export interface MethodTaskOptions<Settings extends MethodSettings = MethodSettings> extends Partial<TrainingSettings> {
  /** Trained on its pretrain split. */
  dataset: Dataset;
  /** The method, by name, with its own options. */
  method: Settings;
  /** Of weights, order and views. */
  seed: number;
  /** In place of the method's own views of the data set's images. */
  source?: Source<BatchNamed<Settings['method']>, Record<string, tf.Tensor>>;
}

/** A task whatever its method. */
export type MethodTask = Task<unknown, Params, Params, Params, Record<string, tf.Tensor>>;

/** The task of a method of this name; a {@link MethodTask} where it may be any. */
export type TaskNamed<N extends MethodName> = MethodName extends N
  ? MethodTask
  : MethodNamed<N> extends Method<infer Batch, infer P, infer S, infer O>
    ? Task<Batch, P, S, O, Record<string, tf.Tensor>> & {method: MethodNamed<N>}
    : never;

export type Built<T> = {
  task: T;
  /** By which the encoder is measured: views of the images' own size. */
  recipe: Recipe;
  /** τ of the loss at a share of the training, where the loss has one that can move. */
  temperature?: (params: Params, progress: tf.Scalar) => tf.Scalar;
};

/**
 * A training, and the views by which its encoder is measured. The caller disposes `task.source`,
 * unless it trains in a run of a study, which does so.
 *
 * @throws RangeError for an unknown method, one that refuses its options, fewer prototypes than the
 * data set has classes, a number of small crops that is not whole, small crops with other views
 * than SimCLR's.
 */
export function methodTask<Settings extends MethodSettings>(
  options: MethodTaskOptions<Settings>,
): Built<TaskNamed<Settings['method']>>;
export function methodTask({dataset, method: chosen, seed, source, ...settings}: MethodTaskOptions): Built<MethodTask> {
  const training = {...trainingDefaults, ...settings};
  const record = methodRecord(chosen);
  const [images, classes] = [dataset.splits.pretrain.length, dataset.classes.length];
  const prototypes = record.prototypes?.(chosen, images);
  check(
    prototypes === undefined || prototypes >= classes,
    'methodTask',
    `expected at least as many prototypes as classes, ${classes}, got ${prototypes}: with fewer, classes share one`,
  );
  const backbone = namedBackbone(training.backbone, dataset.shape[3]);
  const recipe = namedRecipe(training.views, dataset);
  const parts = {dataset, backbone, backboneName: training.backbone};
  const crops = cropsOf(training, recipe, dataset);
  const method = record.make(chosen, parts);
  const τ = record.temperature?.(chosen);
  const moves = typeof τ === 'object';
  const task: MethodTask = {
    ...trainingOf(training),
    method,
    seed,
    source: source ?? record.source(chosen, {...parts, recipe, crops}),
    range: record.range?.(chosen, {batch: training.batch, backbone, images}),
    watch: outputs => ({
      ...(hasProjection(outputs) && health(outputs)),
      ...(moves && {temperature: outputs.temperature as tf.Scalar}),
    }),
  };
  return {
    task,
    recipe: namedRecipe(ofImageSize(training.views), dataset),
    ...(τ !== undefined && {
      temperature: (params, progress) => temperatureSchedule(τ).at(params.temperature as Params, progress),
    }),
  };
}

const ofImageSize = (views: RecipeSettings): RecipeSettings =>
  views.recipe === undefined || views.recipe === 'simclr' ? {...views, scale: 1} : views;

/** Two large crops, which are those of the recipe, and small ones. */
function cropsOf({views, local}: TrainingSettings, {first, second}: Recipe, dataset: Dataset): MultiCropRecipe {
  const {count, scale} = local;
  whole('methodTask', 'local.count', count, 0);
  if (count === 0) return {global: [first, second], local: []};
  check(
    views.recipe === undefined || views.recipe === 'simclr',
    'methodTask',
    `expected SimCLR's views with small crops, got '${views.recipe}'`,
  );
  check(scale > 0 && scale < 1, 'methodTask', `expected local.scale above 0 and below 1, got ${scale}`);
  const {smallestArea, scale: ofImage = 1} = views;
  const areas = {smallestArea: LOCAL_AREA, largestArea: smallestArea};
  const small = namedRecipe({...views, ...areas, scale: scale * ofImage}, dataset);
  return {global: [first, second], local: Array.from({length: count}, () => small.first)};
}

const hasProjection = (outputs: Params | HealthOutputs): outputs is HealthOutputs => 'projection' in outputs;
