// A training within a run's folder whose encoder is exported and measured on the way: what the rows
// of all studies have in common.

import path from 'node:path';
import type {Dataset} from '../datasets/dataset';
import {deviceLine} from '../engine/device';
import type {Inputs} from '../engine/step';
import {tf} from '../engine/tf';
import type {FeatureAccuracies, Splitted} from '../evaluation/accuracies';
import type {Embeddings, Encoder} from '../embedding/embed';
import {embedSplits} from '../evaluation/evaluateEncoder';
import {exportBackbone} from '../evaluation/exportBackbone';
import type {Params} from '../module';
import {encoderOf} from '../embedding/encoderOf';
import type {TrainingEvent} from '../training/event';
import type {Json} from '../json';
import type {Run} from '../training/run';
import type {Task} from '../training/training';
import {trainRun, type Course} from '../training/trainRun';
import {hitText} from './hitText';

/** How a training went, and what its encoder is worth: accuracies `A`, shares 0 to 1. */
export type EncoderRow<A> = {
  /** Identifier of the run, and the name of its folder. */
  run: string;
  dataset: string;
  seed: number;
  epochs: number;
  /** Test accuracies at the last epoch. */
  last: A;
  /** Test accuracies at the epoch with the best k-NN accuracy on the validation split. */
  chosen: A & {epoch: number};
  /**
   * Which test images were classified rightly from the embedding at the last epoch: '1' or '0'
   * each, in the order of the test split, for intervals by family.
   */
  hits: {knn: string; linear: string};
  /** Of the loss, health numbers and what else the task watches, epoch by epoch. */
  course: Course;
  /** How accuracies were measured, in words and numbers. */
  protocol: string;
  minutes: number;
  device: string;
};

/**
 * What is measured of an encoder: its accuracies, those of the embedding in full, and what else a
 * study's rows have.
 */
export type Measured<A extends Json, M extends {[name: string]: Json | undefined}> = {
  accuracies: A;
  embedding: FeatureAccuracies;
  more: M;
};

/** Options of {@link encoderRun}. */
export interface EncoderRunOptions<P extends Params, A extends Json, M extends {[name: string]: Json | undefined}> {
  /** Whose labeled splits the encoder is measured on. */
  dataset: Dataset;
  /** How often the encoder is measured on the way. */
  evaluations: number;
  /** Lines for the head of the exported encoder, beside data set and step. */
  metadata(params: P, step: number): Record<string, string>;
  /** @param splits What the encoder makes of the labeled images; freed afterwards. */
  measure(
    encoder: Encoder,
    splits: Splitted<Embeddings & {labels: Int32Array}>,
    params: P,
    step: number,
  ): Promise<Measured<A, M>>;
  /** Called for each step. */
  onEvent?: (event: TrainingEvent) => void;
  signal?: AbortSignal;
}

/** Where {@link encoderRun} exports the encoder that it has measured last. */
export const backboneFile = (run: Pick<Run<unknown>, 'folder'>): string =>
  path.join(run.folder, 'backbone.safetensors');

/**
 * Trains and measures; each evaluation also writes `backbone.safetensors` in the run's folder. What
 * else is measured is that of the last epoch. The task's source is disposed in the end, however it
 * ends.
 */
export async function encoderRun<
  Batch,
  P extends Params,
  S extends Params,
  O extends Params,
  I extends Inputs,
  A extends {[name: string]: Json},
  M extends {[name: string]: Json | undefined},
>(
  run: Run<unknown>,
  task: Task<Batch, P, S, O, I>,
  {dataset, evaluations, metadata, measure, onEvent, signal}: EncoderRunOptions<P, A, M>,
): Promise<EncoderRow<A> & M> {
  const evaluate = async (training: Parameters<typeof encoderOf<P, S>>[1] & {step: number}) => {
    const {encoder, params, backbone, dispose} = await encoderOf(task.method, training, dataset, {signal});
    try {
      await exportBackbone(backboneFile(run), {
        ...backbone,
        metadata: {...metadata(params, training.step), dataset: dataset.name, step: String(training.step)},
      });
      const splits = await embedSplits(encoder, dataset, {signal});
      try {
        const {
          accuracies,
          embedding: {validationKnn, protocol, predictions},
          more,
        } = await measure(encoder, splits, params, training.step);
        return {
          accuracies,
          validationKnn,
          protocol,
          hits: {
            knn: hitText(predictions.knn, splits.test.labels),
            linear: hitText(predictions.linear, splits.test.labels),
          },
          more,
        };
      } finally {
        tf.dispose(
          Object.values(splits).map(({embedding, projection}) => (projection ? [embedding, projection] : [embedding])),
        );
      }
    } finally {
      dispose();
    }
  };
  const {evaluated, course, minutes} = await trainRun(run, task, {evaluations, evaluate, onEvent, signal}).finally(() =>
    task.source.dispose(),
  );
  const {accuracies: last, protocol, hits, more} = evaluated.at(-1)!.evaluation;
  const best = evaluated.reduce((a, b) => (b.evaluation.validationKnn > a.evaluation.validationKnn ? b : a));
  return {
    run: run.id,
    dataset: dataset.name,
    seed: task.seed,
    epochs: task.epochs,
    last,
    chosen: {...best.evaluation.accuracies, epoch: best.epoch},
    hits,
    ...more,
    course,
    protocol,
    minutes,
    device: deviceLine(),
  };
}
