// Estimators of mutual information against a truth that is known: bias, variance and cost, by
// estimator, information and batch. Poole et al. 2019, "On Variational Bounds of Mutual
// Information", arXiv:1905.06922, sec. 4; Song & Ermon 2020 (SMILE), arXiv:1910.06222, sec. 6.1.

import {median} from 'd3-array';
import {check} from '../../check';
import {deviceLine} from '../../engine/device';
import {correlatedGaussians} from '../../information/correlatedGaussians';
import {estimation, nothing, type EstimationOutputs} from '../../information/estimation';
import {namedEstimator, type EstimatorSettings} from '../../information/estimator';
import type {KnownTruth} from '../../information/knownTruth';
import type {CriticName} from '../../information/namedCritic';
import {mean as meanOf} from '../../mean';
import {constant} from '../../schedules';
import {adamW} from '../../training/adamW';
import {clipped} from '../../training/clipped';
import type {TrainingEvent} from '../../training/event';
import {namedSchedule, type ScheduleSettings} from '../../training/namedSchedule';
import {train} from '../../training/train';
import {openTraining} from '../../training/training';
import {defaultSeeds} from '../../study/study';

/** One training of a critic, and what it said at its end. All information in nats. */
export type EstimatorRow = {
  estimator: EstimatorSettings;
  title: string;
  critic: CriticName;
  /** Of which pairs: 'two Gaussians'. */
  truth: string;
  /** Pairs a step, K. */
  batch: number;
  seed: number;
  /** The truth; of a truth that moves, at the last step. */
  information: number;
  /**
   * Of the last steps: mean, and its difference to the truth; the standard deviation from step to
   * step.
   */
  mean: number;
  bias: number;
  deviation: number;
  /** Mean of the same steps' batches, by the best critic. */
  optimal: number;
  /** What the estimator cannot pass; null where it has no ceiling. */
  ceiling: number | null;
  steps: number;
  secondsPerStep: number;
  /** Step by step: the truth, the estimate, and what the best critic would have said. */
  course: {truth: number[]; estimate: number[]; optimal: number[]};
  device: string;
};

/**
 * Options of {@link estimatorStudy}: estimators, the truths they are held to, and how critics are
 * trained.
 */
export interface EstimatorStudyOptions {
  /** Each by name, with what it takes. */
  estimators: readonly EstimatorSettings[];
  /**
   * True values in nats, each an experiment; or one that moves, a value for each step.
   * @default [2, 4]
   */
  information?: readonly number[] | Float32Array;
  /** Pairs a step, each an experiment. @default [64] */
  batches?: readonly number[];
  /** Of pairs and weights. @default {@link defaultSeeds} */
  seeds?: readonly number[];
  /**
   * 'quadratic' can become the best critic of Gaussians; the others are those of the papers.
   * @default 'separable'
   */
  critic?: CriticName;
  /** Pairs whose information is known. @default correlatedGaussians(), of 20 dimensions */
  truth?: KnownTruth;
  /** A multiple of 100; of a truth that moves, the number of its values. @default 4000 */
  steps?: number;
  /** Of Adam; gradients are clipped to norm 1, parameter by parameter. @default 0.0005, SMILE's */
  rate?: number;
  /** @default the rate stays as it is */
  schedule?: ScheduleSettings;
  /** Last steps that are averaged. @default 500 */
  last?: number;
  /** Is told each step. */
  onEvent?(
    event: TrainingEvent,
    run: {
      index: number;
      runs: number;
      done: number;
      estimator: string;
      information: number;
      batch: number;
      seed: number;
    },
  ): void;
  signal?: AbortSignal;
}

/**
 * Steps of an epoch, after which the order of samples would be drawn anew; it has no meaning here.
 */
const EPOCH = 100;

/**
 * Trains a critic for each estimator, information, batch and seed, and yields a row for each. A run
 * takes seconds, so nothing is kept in files.
 *
 * @throws RangeError for no estimator, steps that are no multiple of 100, fewer steps than are
 * averaged; the signal's reason.
 */
export async function* estimatorStudy({
  estimators,
  information: levels = [2, 4],
  batches = [64],
  seeds = defaultSeeds,
  critic = 'separable',
  truth = correlatedGaussians(),
  steps: asked = 4000,
  rate = 5e-4,
  schedule,
  last = 500,
  onEvent,
  signal,
}: EstimatorStudyOptions): AsyncGenerator<EstimatorRow, void, undefined> {
  const moving = levels instanceof Float32Array;
  const steps = moving ? levels.length : asked;
  check(estimators.length > 0, 'estimatorStudy', 'expected at least one estimator, got none');
  check(
    Number.isInteger(steps / EPOCH) && steps >= last,
    'estimatorStudy',
    `expected steps in hundreds, at least the ${last} that are averaged, got ${steps}`,
  );
  const truths = moving ? [levels] : [...levels];
  const runs = seeds.flatMap(seed =>
    batches.flatMap(batch =>
      truths.flatMap(information => estimators.map(estimator => ({seed, batch, information, estimator}))),
    ),
  );
  for (const [index, {seed, batch, information, estimator}] of runs.entries()) {
    const at = (step: number) => (typeof information === 'number' ? information : information[step]!);
    const {title, ceiling} = namedEstimator(estimator);
    const watch = (outputs: EstimationOutputs) => ({information: outputs.information, optimal: outputs.optimal});
    const task = {
      method: estimation({truth, information, estimator, critic, batch}),
      source: nothing(batch, EPOCH),
      optimizer: clipped(adamW({decay: 0}), 1),
      schedule: schedule ? namedSchedule(schedule, rate) : constant(rate),
      epochs: steps / EPOCH,
      batch,
      seed,
      watch,
    };
    const training = openTraining(task);
    const course: EstimatorRow['course'] = {truth: [], estimate: [], optimal: []};
    const seconds: number[] = [];
    try {
      for await (const event of train(task, training, {signal})) {
        course.truth.push(at(event.step - 1));
        course.estimate.push(event.metrics.information!);
        course.optimal.push(event.metrics.optimal!);
        seconds.push(batch / event.imagesPerSecond);
        onEvent?.(event, {
          index,
          runs: runs.length,
          done: index,
          estimator: title,
          information: at(event.step - 1),
          batch,
          seed,
        });
      }
    } finally {
      training.dispose();
    }
    const end = course.estimate.slice(-last);
    const mean = meanOf(end);
    yield {
      estimator,
      title,
      critic,
      truth: truth.name,
      batch,
      seed,
      information: at(steps - 1),
      mean,
      bias: mean - at(steps - 1),
      deviation: Math.sqrt(meanOf(end.map(value => (value - mean) ** 2))),
      optimal: meanOf(course.optimal.slice(-last)),
      ceiling: Number.isFinite(ceiling(batch)) ? ceiling(batch) : null,
      steps,
      secondsPerStep: median(seconds) ?? NaN,
      course,
      device: deviceLine(),
    };
  }
}
