// Trains a task once and measures its encoder: one side of a small comparison, without a folder of
// its own.

import type {Inputs} from '../engine/step';
import type {Dataset} from '../datasets/dataset';
import type {Accuracies} from '../evaluation/accuracies';
import {evaluateEncoder} from '../evaluation/evaluateEncoder';
import type {Params} from '../module';
import {encoderOf} from '../embedding/encoderOf';
import type {TrainingEvent} from '../training/event';
import {memoryLog} from '../training/runLog';
import type {Task} from '../training/training';
import {trainRun} from '../training/trainRun';

export interface TrialOptions {
  /** Is told each step. */
  onEvent?(event: TrainingEvent): void;
  signal?: AbortSignal;
}

/**
 * What {@link trial} found: each step's event, the accuracies (shares, 0 to 1), and how they were
 * measured.
 */
export type Trial = {events: TrainingEvent[]; accuracies: Accuracies; protocol: string};

/**
 * From fresh weights to accuracies; keeps no tensor.
 *
 * @param dataset Whose labeled splits the encoder is measured on, and whose pretrain split gives
 * the BatchNorm statistics.
 * @throws RangeError when the method has no projection, and as `trainRun` and `evaluateEncoder`;
 * the signal's reason.
 *
 * @example
 * ```ts
 * import {
 *   adamW,
 *   barlowTwins,
 *   constant,
 *   drawnEmoji,
 *   simclrCifarViews,
 *   smallConv,
 *   trial,
 *   twoViews,
 * } from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 32});
 * const source = twoViews({dataset, recipe: simclrCifarViews(dataset)});
 * const settings = {
 *   source,
 *   optimizer: adamW(),
 *   schedule: constant(1e-3),
 *   epochs: 2,
 *   batch: 256,
 *   seed: 0,
 * };
 * const {accuracies} = await trial(
 *   {...settings, method: barlowTwins({backbone: smallConv()})},
 *   dataset,
 * );
 * ```
 */
export async function trial<Batch, P extends Params, S extends Params, O extends Params, I extends Inputs>(
  task: Task<Batch, P, S, O, I>,
  dataset: Dataset,
  {onEvent, signal}: TrialOptions = {},
): Promise<Trial> {
  const events: TrainingEvent[] = [];
  const {evaluated} = await trainRun(memoryLog(), task, {
    evaluations: 1,
    signal,
    async evaluate(training) {
      const {encoder, dispose} = await encoderOf(task.method, training, dataset, {signal});
      try {
        const {accuracies, protocol} = await evaluateEncoder(encoder, dataset, {signal});
        return {accuracies, protocol};
      } finally {
        dispose();
      }
    },
    onEvent(event) {
      events.push(event);
      onEvent?.(event);
    },
  });
  return {events, ...evaluated[0]!.evaluation};
}
