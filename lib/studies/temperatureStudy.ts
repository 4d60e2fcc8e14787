// The temperature of a contrastive loss as a dial: train at each loss, τ and seed, measure accuracy and the geometry of the projections.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import path from 'node:path';
import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import {deviceLine} from '../engine/device';
import {tf} from '../engine/tf';
import {accuracies, type Accuracies} from '../evaluation/accuracies';
import {checkClasses} from '../evaluation/checkClasses';
import {embedSplits} from '../evaluation/evaluateEncoder';
import {exportBackbone} from '../evaluation/exportBackbone';
import {namedBackbone} from '../backbones/namedBackbone';
import {hasTemperature, lossNames, type LossName} from '../losses/namedLoss';
import {temperatureSchedule, type TemperatureSchedule} from '../methods/contrastive/temperatureSchedule';
import type {Params} from '../module';
import {encoderOf} from '../training/encoderOf';
import type {TrainingEvent} from '../training/event';
import {withEventFile} from '../training/eventFile';
import {provenance, version} from '../training/provenance';
import {finishedRow, openRun, type Run, type RunOptions} from '../training/run';
import {stepCount, type Training} from '../training/training';
import {contrastiveDefaults, contrastiveTask, methodTitles, type ContrastiveMethod, type ContrastiveParams, type ContrastiveSettings} from './contrastiveTask';
import {checkJobs, defaultJobs, inJobs} from './jobs';
import {projectionGeometry, type ProjectionGeometry} from './projectionGeometry';
import {resultsFolder} from './resultsFolder';
import {trainRun, type Course} from './trainRun';

/** One training: a loss, a temperature, a seed, and what came of it. */
export type TemperatureRow = ProjectionGeometry & {
  /** Identifier of the run, and the name of its folder. */
  run: string;
  dataset: string;
  method: ContrastiveMethod;
  loss: LossName;
  /** τ; null where the loss has none, or where it is no single value. */
  temperature: number | null;
  /** How τ ran where it is no single value, as in 'cosine 1 to 0.1, 0.5 periods'; else null. */
  schedule: string | null;
  seed: number;
  epochs: number;
  /** Test accuracies at the last epoch. */
  last: Accuracies;
  /** Test accuracies at the epoch with the best k-NN accuracy on the validation split. */
  chosen: Accuracies & {epoch: number};
  /** Which test images were classified rightly from the embedding at the last epoch: '1' or '0' each, in the order of the test split, for intervals by family. */
  hits: {knn: string; linear: string};
  /** Of the loss, health numbers and a moving τ, epoch by epoch. */
  course: Course;
  /** How accuracies were measured, in words and numbers. */
  protocol: string;
  minutes: number;
  device: string;
};

/** What is turned from run to run; null as temperature of a loss that has none. */
export type TemperatureDial = {loss: LossName; temperature: TemperatureSchedule | null; seed: number};

export interface TemperatureStudyOptions extends Partial<ContrastiveSettings> {
  dataset: Dataset;
  /** @default ['contrastive'] */
  losses?: LossName[];
  /** τ, each above 0, or how it runs. A loss without τ is trained once for each seed. @default evenly spaced in log τ from 0.05 to 1 */
  temperatures?: TemperatureSchedule[];
  /** One training for each seed at each dial; a seed has the same initial weights and order at every dial. @default [0, 1, 2] */
  seeds?: number[];
  /** How often accuracy is measured on the way. @default 4 */
  evaluations?: number;
  /** Where the runs lie: finished ones are taken as they are, an interrupted one goes on. @default experiments/results/temperature of the project */
  folder?: string;
  /** Write each run's history as an event file, too, for TensorBoard. @default false */
  tensorboard?: boolean;
  /** Runs that train side by side, each in a process of its own; 1 trains in this process. @default 1 for a data set made by hand, else see {@link defaultJobs} */
  jobs?: number;
  /** Is told each step and the run that it belongs to: which of how many, how many are done, and which were lost with their process. */
  onEvent?(event: TrainingEvent, run: {loss: LossName; temperature?: number | string; seed: number; index: number; runs: number; done: number; lost: readonly number[]}): void;
  signal?: AbortSignal;
}

/** Six values from 0.05 to 1, each about 1.8 times the one before it. */
export const temperatureGrid: readonly number[] = [0.05, 0.09, 0.17, 0.3, 0.55, 1];

/**
 * Trains at each loss and τ for each seed and yields a row for each run, seed by seed: a whole curve of one seed comes first.
 *
 * @throws RangeError when τ ≤ 0, a dial is there twice, a class has too few training images, or the data set is smaller than a batch; the signal's reason; with several jobs as {@link inJobs}. Runs that were finished stay.
 */
export async function* temperatureStudy({dataset, losses = ['contrastive'], temperatures = [...temperatureGrid], seeds = [0, 1, 2], evaluations = 4, folder = resultsFolder('temperature'), tensorboard = false,
  jobs = dataset.origin ? defaultJobs() : 1, onEvent, signal, ...chosen}: TemperatureStudyOptions): AsyncGenerator<TemperatureRow, void, undefined> {
  for (const loss of losses) check(lossNames.includes(loss), 'temperatureStudy', `expected losses of ${lossNames.join(', ')}, got '${loss}'`);
  temperatures.forEach(temperatureSchedule);
  for (const [name, values] of Object.entries({losses, temperatures, seeds})) {
    const written = values.map(value => JSON.stringify(value));
    check(values.length > 0, 'temperatureStudy', `expected at least one of ${name}, got none`);
    check(new Set(written).size === values.length, 'temperatureStudy', `expected each of ${name} once, got ${written.join(', ')}: a run that counts twice makes intervals too narrow`);
  }
  checkJobs('temperatureStudy', dataset, jobs);
  checkClasses('temperatureStudy', dataset);
  const settings = {...contrastiveDefaults, ...chosen};
  const dimensions = settings.projector.at(-1) ?? namedBackbone(settings.backbone, dataset.shape[3]).width;
  check(dataset.splits.test.length >= dimensions, 'temperatureStudy', `expected at least as many test images as projections have dimensions, ${dimensions}, got ${dataset.splits.test.length}: choose a narrower projector`);
  const dials = seeds.flatMap(seed => losses.flatMap(loss => (hasTemperature(loss) ? temperatures : [null]).map((temperature): TemperatureDial => ({loss, temperature, seed}))));
  const optionsOf = (dial: TemperatureDial): RunOptions => ({...settings, evaluations, ...dial, dataset: dataset.name, images: splitSizes(dataset), data: dataset.checksum, version});
  const finished = dials.map(dial => finishedRow<TemperatureRow>(folder, optionsOf(dial)));
  const left = [...dials.entries()].filter(([index]) => finished[index] === undefined).map(([index, dial]) => ({index, ...dial}));
  const tell = (event: TrainingEvent, part: number, {done, lost}: {done: number; lost: readonly number[]}) => {
    const {index, loss, temperature, seed} = left[part]!;
    onEvent?.(event, {index, loss, ...(temperature !== null && {temperature: temperatureText(temperature)}), seed, runs: dials.length, done: dials.length - left.length + done, lost: lost.map(part => left[part]!.index)});
  };

  async function* inThisProcess(): AsyncGenerator<TemperatureRow, void, undefined> {
    for (const [part, {index: _, ...dial}] of left.entries()) {
      let run = await openRun<TemperatureRow>(folder, optionsOf(dial), provenance());
      let row: TemperatureRow;
      try {
        if (tensorboard) run = await withEventFile(run, dialText(dial), {signal});
        row = run.row ?? await trainOne(run, dataset, {...settings, evaluations}, dial, event => tell(event, part, {done: part, lost: []}), signal);
      } finally {
        run.close();
      }
      yield row;
    }
  }
  const parts = left.map(({index: _, ...dial}) => ({
    name: dialText(dial), options: {...settings, evaluations, losses: [dial.loss], ...(dial.temperature !== null && {temperatures: [dial.temperature]}), seeds: [dial.seed], folder, tensorboard},
  }));
  const trained = jobs === 1 || left.length < 2 ? inThisProcess() : inJobs<TemperatureRow>({study: 'temperatureStudy', dataset, parts, jobs, onEvent: tell, signal});
  try {
    for (const [index, row] of finished.entries()) {
      if (row && tensorboard) (await withEventFile(await openRun(folder, optionsOf(dials[index]!), provenance()), dialText(dials[index]!), {signal})).close();
      const next = row ?? (await trained.next()).value;
      if (next) yield next;
    }
    await trained.next();   // throws when runs were lost
  } finally {
    await trained.return();
  }
}

/** As in 'temperature 0.1, seed 0', with the loss where it is not the usual one. */
export const dialText = ({loss, temperature, seed}: TemperatureDial): string =>
  [...(loss === 'contrastive' ? [] : [loss]), ...(temperature === null ? [] : [`temperature ${temperatureText(temperature)}`]), `seed ${seed}`].join(', ');

const temperatureText = (temperature: TemperatureSchedule): number | string => (typeof temperature === 'number' ? temperature : scheduleText(temperature));

function scheduleText(temperature: Exclude<TemperatureSchedule, number>): string {
  switch (temperature.schedule) {
    case 'cosine': return `cosine ${temperature.from} to ${temperature.to}, ${temperature.periods} periods`;
    case 'learned': return `learned from ${temperature.start}`;
    default: return temperature satisfies never;
  }
}

const splitSizes = ({splits}: Dataset) => Object.fromEntries(Object.entries(splits).map(([name, indices]) => [name, indices.length]));

async function trainOne(run: Run<TemperatureRow>, dataset: Dataset, settings: ContrastiveSettings & {evaluations: number}, {loss, temperature, seed}: TemperatureDial,
  onEvent: (event: TrainingEvent) => void, signal?: AbortSignal): Promise<TemperatureRow> {
  const {epochs, evaluations, method: name} = settings;
  const {task, recipe} = contrastiveTask({dataset, loss, temperature: temperature ?? 1, seed, ...settings});
  const {method, source} = task;
  const single = typeof temperature === 'number' ? temperature : null;
  try {
    const evaluate = async (training: Pick<Training<ContrastiveParams>, 'read' | 'step'>) => {
      const {encoder, params, statistics, dispose} = await encoderOf(method, training, dataset, {signal});
      try {
        const now = temperature === null ? null : tf.tidy(() => temperatureSchedule(temperature).at(params.temperature, tf.scalar(training.step / stepCount(task).steps)).dataSync()[0]!);
        await exportBackbone(path.join(run.folder, 'backbone.safetensors'),
          {params: params.backbone, statistics: statistics.backbone as Params, metadata: {method: methodTitles[name], loss, ...(now !== null && {temperature: String(Number(now.toPrecision(6)))}), dataset: dataset.name, step: String(training.step)}});
        const splits = await embedSplits(encoder, dataset, {signal});
        try {
          const {accuracies: measured, validationKnn, protocol, embedding: {predictions}} = await accuracies(splits, {signal});
          const hits = (predicted: Int32Array) => Array.from(predicted, (label, i) => (label === splits.test.labels[i] ? '1' : '0')).join('');
          const geometry = await projectionGeometry(encoder, dataset, splits.test, recipe, {temperature: now, signal});
          return {accuracies: measured, validationKnn, protocol, hits: {knn: hits(predictions.knn), linear: hits(predictions.linear)}, ...geometry};
        } finally {
          tf.dispose(Object.values(splits).map(({embedding, projection}) => [embedding, projection!]));
        }
      } finally {
        dispose();
      }
    };
    const {evaluated, course, minutes} = await trainRun(run, task, {evaluations, evaluate, onEvent, signal});
    const {accuracies: last, validationKnn: _, ...measured} = evaluated.at(-1)!.evaluation;
    const best = evaluated.reduce((a, b) => (b.evaluation.validationKnn > a.evaluation.validationKnn ? b : a));
    const row: TemperatureRow = {
      run: run.id, dataset: dataset.name, method: name, loss, temperature: single, schedule: temperature === null || typeof temperature === 'number' ? null : scheduleText(temperature), seed, epochs,
      last, chosen: {...best.evaluation.accuracies, epoch: best.epoch}, ...measured, course, minutes, device: deviceLine(),
    };
    await run.finish(row);
    return row;
  } finally {
    source.dispose();
  }
}
