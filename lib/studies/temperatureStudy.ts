// The temperature of NT-Xent as a dial: train SimCLR at each τ and seed, measure accuracy, uniformity and tolerance.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import path from 'node:path';
import {alignment} from '../analysis/alignment';
import {collapseLevel} from '../analysis/collapseLevel';
import {health} from '../analysis/health';
import {rankMe} from '../analysis/rankMe';
import {similarityHistogram} from '../analysis/similarityHistogram';
import {tolerance} from '../analysis/tolerance';
import {uniformity} from '../analysis/uniformity';
import {namedBackbone, type BackboneName} from '../backbones/namedBackbone';
import {check} from '../check';
import {range, type Dataset} from '../datasets/dataset';
import {deviceLine} from '../engine/device';
import {key} from '../engine/random';
import {tf} from '../engine/tf';
import {accuracies, type Accuracies} from '../evaluation/accuracies';
import type {Encoder} from '../evaluation/embed';
import {embedSplits} from '../evaluation/evaluateEncoder';
import {exportBackbone} from '../evaluation/exportBackbone';
import {macrotask} from '../macrotask';
import {simclr, type SimclrOutputs, type SimclrParams} from '../methods/contrastive/simclr';
import type {Params} from '../module';
import {encoderOf} from '../training/encoderOf';
import type {TrainingEvent} from '../training/event';
import {withEventFile} from '../training/eventFile';
import {namedOptimizer, type OptimizerSettings} from '../training/namedOptimizer';
import {provenance, version} from '../training/provenance';
import {finishedRow, openRun, type Run, type RunOptions} from '../training/run';
import {warmupCosine} from '../training/schedules';
import type {Task, Training} from '../training/training';
import type {Recipe} from '../views/recipe';
import {simclrViews} from '../views/recipes/simclr';
import {twoViews, type TwoViews} from '../views/twoViews';
import {checkJobs, defaultJobs, inJobs} from './jobs';
import {resultsFolder} from './resultsFolder';
import {trainRun} from './trainRun';

/** One training: a temperature, a seed, and what came of it. */
export type TemperatureRow = {
  /** Identifier of the run, and the name of its folder. */
  run: string;
  dataset: string;
  temperature: number;
  seed: number;
  epochs: number;
  /** Test accuracies at the last epoch. */
  last: Accuracies;
  /** Test accuracies at the epoch with the best k-NN accuracy on the validation split. */
  chosen: Accuracies & {epoch: number};
  /** Of the projections of the test split: see lib/analysis for signs and units. */
  alignment: number;
  /** −log E exp(−2 ‖x − y‖²): larger is more uniform. */
  uniformity: number;
  tolerance: number;
  collapse: number;
  rankMe: number;
  /** Mean of the last epoch, in nats. */
  loss: number;
  /** Shares of cosine similarities of projections in 40 equal bins from −1 to 1: between two views of one image, and between different images. */
  positiveSimilarities: number[];
  negativeSimilarities: number[];
  /** How accuracies were measured, in words and numbers. */
  protocol: string;
  minutes: number;
  device: string;
};

/** What decides a run beside its τ, its seed and its data. Plain data: it is kept with the run. */
export type ContrastiveSettings = {
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
  /** Share of the run in which the learning rate rises from 0, before half a cosine. @default 0.1 */
  warmup: number;
  /** SimCLR's views: colour strength, probability of blur, smallest share of the image that a crop shows. @default 0.5, 0, 0.4: small crops of flat drawings show plain colour */
  views: {strength: number; blur: number; smallestArea: number};
  /** How often accuracy is measured on the way. @default 4 */
  evaluations: number;
};

const defaults: ContrastiveSettings = {
  backbone: 'smallConv', projector: [192, 128], epochs: 12, batch: 256, optimizer: {name: 'adamW', rate: 3e-3, decay: 1e-4}, warmup: 0.1,
  views: {strength: 0.5, blur: 0, smallestArea: 0.4}, evaluations: 4,
};

export interface TemperatureStudyOptions extends Partial<ContrastiveSettings> {
  dataset: Dataset;
  /** τ of NT-Xent, each above 0. @default [0.05, 0.1, 0.3, 0.5, 1] */
  temperatures?: number[];
  /** One training for each seed at each τ; a seed has the same initial weights and order at every τ. @default [0, 1, 2] */
  seeds?: number[];
  /** Where the runs lie: finished ones are taken as they are, an interrupted one goes on. @default experiments/results/temperature of the project */
  folder?: string;
  /** Write each run's history as an event file, too, for TensorBoard. @default false */
  tensorboard?: boolean;
  /** Runs that train side by side, each in a process of its own; 1 trains in this process. @default 1 for a data set made by hand, else see {@link defaultJobs} */
  jobs?: number;
  /** Is told each step and the run that it belongs to: which of how many, how many are done, and which were lost with their process. */
  onEvent?(event: TrainingEvent, run: {index: number; runs: number; done: number; lost: readonly number[]; temperature: number; seed: number}): void;
  signal?: AbortSignal;
}

/**
 * Trains SimCLR at each τ for each seed and yields a row for each run, seed by seed: a whole curve of one seed comes first.
 *
 * @throws RangeError when τ ≤ 0, or the data set is smaller than a batch; the signal's reason; with several jobs as {@link inJobs}. Runs that were finished stay.
 */
export async function* temperatureStudy({dataset, temperatures = [0.05, 0.1, 0.3, 0.5, 1], seeds = [0, 1, 2], folder = resultsFolder('temperature'), tensorboard = false, jobs = dataset.origin ? defaultJobs() : 1, onEvent, signal, ...chosen}:
  TemperatureStudyOptions): AsyncGenerator<TemperatureRow, void, undefined> {
  for (const temperature of temperatures) check(temperature > 0, 'temperatureStudy', `expected temperatures > 0, got ${temperature}`);
  check(temperatures.length > 0 && seeds.length > 0, 'temperatureStudy', `expected at least one temperature and one seed, got ${temperatures.length} and ${seeds.length}`);
  for (const [name, values] of Object.entries({temperatures, seeds})) check(new Set(values).size === values.length, 'temperatureStudy', `expected each of ${name} once, got ${values.join(', ')}: a run that counts twice makes intervals too narrow`);
  checkJobs('temperatureStudy', dataset, jobs);
  const settings = {...defaults, ...chosen};
  const dimensions = settings.projector.at(-1) ?? namedBackbone(settings.backbone, dataset.shape[3]).width;
  check(dataset.splits.test.length >= dimensions, 'temperatureStudy', `expected at least as many test images as projections have dimensions, ${dimensions}, got ${dataset.splits.test.length}: choose a narrower projector`);
  const pairs = seeds.flatMap(seed => temperatures.map(temperature => ({temperature, seed})));
  const optionsOf = (pair: {seed: number; temperature: number}): RunOptions => ({...settings, ...pair, dataset: dataset.name, images: splitSizes(dataset), data: dataset.checksum, version});
  const finished = pairs.map(pair => finishedRow<TemperatureRow>(folder, optionsOf(pair)));
  const left = [...pairs.entries()].filter(([index]) => finished[index] === undefined).map(([index, pair]) => ({index, ...pair}));
  const tell = (event: TrainingEvent, part: number, {done, lost}: {done: number; lost: readonly number[]}) =>
    onEvent?.(event, {...left[part]!, runs: pairs.length, done: pairs.length - left.length + done, lost: lost.map(part => left[part]!.index)});

  async function* inThisProcess(): AsyncGenerator<TemperatureRow, void, undefined> {
    for (const [part, {index: _, ...pair}] of left.entries()) {
      let run = await openRun<TemperatureRow>(folder, optionsOf(pair), provenance());
      let row: TemperatureRow;
      try {
        if (tensorboard) run = await withEventFile(run, nameOf(pair), {signal});
        row = run.row ?? await trainOne(run, dataset, settings, pair, event => tell(event, part, {done: part, lost: []}), signal);
      } finally {
        run.close();
      }
      yield row;
    }
  }
  const parts = left.map(({temperature, seed}) => ({name: nameOf({temperature, seed}), options: {...settings, temperatures: [temperature], seeds: [seed], folder, tensorboard}}));
  const trained = jobs === 1 || left.length < 2 ? inThisProcess() : inJobs<TemperatureRow>({study: 'temperatureStudy', dataset, parts, jobs, onEvent: tell, signal});
  try {
    for (const [index, row] of finished.entries()) {
      if (row && tensorboard) (await withEventFile(await openRun(folder, optionsOf(pairs[index]!), provenance()), nameOf(pairs[index]!), {signal})).close();
      const next = row ?? (await trained.next()).value;
      if (next) yield next;
    }
    await trained.next();   // throws when runs were lost
  } finally {
    await trained.return();
  }
}

export interface TemperatureTaskOptions extends Partial<ContrastiveSettings> {
  dataset: Dataset;
  temperature: number;
  seed: number;
}

/** One training of the study, and the views that it sees. The caller disposes `task.source`. */
export function temperatureTask({dataset, temperature, seed, ...chosen}: TemperatureTaskOptions): {task: Task<TwoViews, SimclrParams, {}, SimclrOutputs>; recipe: Recipe} {
  const {epochs, batch, optimizer, warmup, projector, views: {strength, blur, smallestArea}, ...settings} = {...defaults, ...chosen};
  const backbone = namedBackbone(settings.backbone, dataset.shape[3]);
  const recipe = simclrViews({size: dataset.shape[1], strength, blur, area: [smallestArea, 1], mean: dataset.mean, standardDeviation: dataset.standardDeviation});
  const method = simclr({backbone, projector, temperature});
  const source = twoViews({dataset, recipe});
  return {task: {method, source, optimizer: namedOptimizer(optimizer), schedule: warmupCosine({peak: optimizer.rate, warmup}), epochs, batch, seed, watch: health}, recipe};
}

const nameOf = ({temperature, seed}: {temperature: number; seed: number}) => `temperature ${temperature}, seed ${seed}`;

const splitSizes = ({splits}: Dataset) => Object.fromEntries(Object.entries(splits).map(([name, indices]) => [name, indices.length]));

async function trainOne(run: Run<TemperatureRow>, dataset: Dataset, settings: ContrastiveSettings, {seed, temperature}: {seed: number; temperature: number},
  onEvent: (event: TrainingEvent) => void, signal?: AbortSignal): Promise<TemperatureRow> {
  const {epochs, evaluations} = settings;
  const {task, recipe} = temperatureTask({dataset, temperature, seed, ...settings});
  const {method, source} = task;
  try {
    const evaluate = async (training: Pick<Training<SimclrParams>, 'read' | 'step'>) => {
      const {encoder, params, statistics, dispose} = await encoderOf(method, training, dataset, {signal});
      try {
        await exportBackbone(path.join(run.folder, 'backbone.safetensors'),
          {params: params.backbone, statistics: statistics.backbone as Params, metadata: {method: 'SimCLR', temperature: String(temperature), dataset: dataset.name, step: String(training.step)}});
        return await measure(encoder, dataset, recipe, signal);
      } finally {
        dispose();
      }
    };
    const {evaluated, loss, minutes} = await trainRun(run, task, {evaluations, evaluate, onEvent, signal});
    const {accuracies: last, validationKnn: _, protocol, ...geometry} = evaluated.at(-1)!.evaluation;
    const best = evaluated.reduce((a, b) => (b.evaluation.validationKnn > a.evaluation.validationKnn ? b : a));
    const row: TemperatureRow = {
      run: run.id, dataset: dataset.name, temperature, seed, epochs, last, chosen: {...best.evaluation.accuracies, epoch: best.epoch},
      ...geometry, loss, protocol, minutes, device: deviceLine(),
    };
    await run.finish(row);
    return row;
  } finally {
    source.dispose();
  }
}

/** Accuracies of an encoder, and the geometry of the projections of the test split. */
async function measure(encoder: Encoder, dataset: Dataset, recipe: Recipe, signal?: AbortSignal) {
  const splits = await embedSplits(encoder, dataset, {signal});
  const views = await projectedViews(encoder, dataset, recipe, signal);
  try {
    const {accuracies: measured, validationKnn, protocol} = await accuracies(splits, {signal});
    const {positives, negatives} = await similarityHistogram(views.first, views.second, {signal});
    const {projection, labels} = splits.test;
    const scalars = {alignment: () => alignment(views.first, views.second), uniformity: () => uniformity(projection!), tolerance: () => tolerance(projection!, labels),
      collapse: () => collapseLevel(projection!), rankMe: () => rankMe(projection!)};
    const geometry = tf.tidy(() => Object.fromEntries(Object.entries(scalars).map(([name, scalar]) => [name, scalar().dataSync()[0]!]))) as Record<keyof typeof scalars, number>;
    return {accuracies: measured, validationKnn, protocol, ...geometry, positiveSimilarities: positives, negativeSimilarities: negatives};
  } finally {
    tf.dispose([views, ...Object.values(splits).map(({embedding, projection}) => [embedding, projection!])]);
  }
}

/** Projections [n, d] of two views of each test image, the same views for every encoder. */
async function projectedViews(encoder: Encoder, dataset: Dataset, recipe: Recipe, signal?: AbortSignal, batch = 256): Promise<{first: tf.Tensor2D; second: tf.Tensor2D}> {
  const source = twoViews({dataset, split: 'test', recipe});
  const parts: {first: tf.Tensor2D; second: tf.Tensor2D}[] = [];
  try {
    for (let start = 0; start < source.size; start += batch) {
      await macrotask(signal);
      const places = range(start, Math.min(start + batch, source.size));
      const fed = await source.host?.draw(places, 0, {signal}) ?? {};
      try {
        parts.push(tf.tidy(() => {
          const {first, second} = source.batch(tf.tensor1d(places, 'int32'), key(start), fed);
          return {first: encoder(first).projection!, second: encoder(second).projection!};
        }));
      } finally {
        tf.dispose(fed);
      }
    }
    return {first: tf.concat(parts.map(part => part.first)), second: tf.concat(parts.map(part => part.second))};
  } finally {
    tf.dispose(parts);
    source.dispose();
  }
}
