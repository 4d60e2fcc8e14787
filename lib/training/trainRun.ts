// Trains inside a run's folder, or without one: history after each step, evaluations on the way,
// checkpoints, and exact continuation after an end at any moment.

import fs from 'node:fs';
import type {Inputs} from '../engine/step';
import type {Params} from '../module';
import {loadCheckpoint, saveCheckpoint} from './checkpoint';
import type {TrainingEvent} from './event';
import type {Json} from '../json';
import type {HistoryLine} from './run';
import type {RunLog} from './runLog';
import {train} from './train';
import {openTraining, stepCount, type Task, type Training} from './training';

/** Options of {@link trainRun}. */
export interface TrainRunOptions<P extends Params, S extends Params, E> {
  /**
   * How often `evaluate` is called, evenly over the epochs, the last time after the last one.
   * @default 4
   */
  evaluations?: number;
  /** Measures the encoder as it stands. */
  evaluate(training: Pick<Training<P, S>, 'read' | 'step'>): Promise<E>;
  /** Is told each step. */
  onEvent?(event: TrainingEvent): void;
  signal?: AbortSignal;
}

/** What was measured after an epoch; epochs count from 1 here. */
export type Evaluated<E> = {epoch: number; evaluation: E};

/**
 * Means over the steps of each epoch, from the first on: loss in nats, and what the task watches.
 */
export type Course = ({loss: number} & Record<string, number>)[];

/** Seconds between checkpoints, where an epoch takes longer. */
const CHECKPOINT_SECONDS = 60;

/**
 * Trains the task to its end, from the run's checkpoint where there is one. Without a file for it,
 * see {@link RunLog}, nothing is saved.
 *
 * @returns All evaluations in order, the course of the training epoch by epoch, and the minutes
 * spent, those before an interruption included.
 * @throws RangeError when the loss or a weight is no longer a number: the last checkpoint is of an
 * epoch before that.
 */
export async function trainRun<
  Batch,
  P extends Params,
  S extends Params,
  O extends Params,
  I extends Inputs,
  E extends Json,
>(
  run: RunLog,
  task: Task<Batch, P, S, O, I>,
  {evaluations = 4, evaluate, onEvent, signal}: TrainRunOptions<P, S, E>,
): Promise<{evaluated: Evaluated<E>[]; course: Course; minutes: number}> {
  const {stepsPerEpoch} = stepCount(task);
  const every = Math.max(1, Math.floor(task.epochs / evaluations));
  const training = openTraining(task);
  try {
    if (run.checkpoint !== undefined && fs.existsSync(run.checkpoint)) await loadCheckpoint(run.checkpoint, training);
    await run.rewind(training.step);
    const spentBefore = Number(run.history().at(-1)?.seconds ?? 0);
    const start = performance.now();
    const seconds = () => Math.round(spentBefore * 10 + (performance.now() - start) / 100) / 10;
    let saved = performance.now();
    for await (const event of train(task, training, {signal})) {
      const {step, epoch, loss, learningRate, metrics} = event;
      run.append({step, loss, learningRate, ...metrics, seconds: seconds()});
      const ended = step % stepsPerEpoch === 0 ? epoch + 1 : undefined;
      if (ended !== undefined && (task.epochs - ended) % every === 0) {
        run.append({step, epoch: ended, evaluation: await evaluate(training), seconds: seconds()});
      }
      if (
        run.checkpoint !== undefined &&
        (ended !== undefined || performance.now() - saved > 1000 * CHECKPOINT_SECONDS)
      ) {
        await saveCheckpoint(run.checkpoint, training);
        saved = performance.now();
      }
      onEvent?.(event);
    }
    const history = run.history();
    // lines of a file: the ones with an evaluation are those that were appended above
    const evaluated = history.filter(line => line.evaluation !== undefined) as unknown as Evaluated<E>[];
    return {evaluated, course: courseOf(history, stepsPerEpoch), minutes: Number(history.at(-1)!.seconds) / 60};
  } finally {
    training.dispose();
  }
}

/** @param history Lines of all steps, in order; other lines are left out. */
function courseOf(history: readonly HistoryLine[], stepsPerEpoch: number): Course {
  const steps = history
    .filter(line => line.loss !== undefined)
    .map(({step: _, learningRate: __, seconds: ___, ...numbers}) => numbers as Course[number]);
  return Array.from({length: Math.ceil(steps.length / stepsPerEpoch)}, (_, epoch) => {
    const some = steps.slice(epoch * stepsPerEpoch, (epoch + 1) * stepsPerEpoch);
    return Object.fromEntries(
      Object.keys(some[0]!).map(name => [name, some.reduce((sum, numbers) => sum + numbers[name]!, 0) / some.length]),
    ) as Course[number];
  });
}
