// A training within a run's folder whose encoder is measured on the way: what the rows of all studies have in common.

import path from 'node:path';
import type {Dataset} from '../datasets/dataset';
import {deviceLine} from '../engine/device';
import type {Inputs} from '../engine/compile';
import {tf} from '../engine/tf';
import {accuracies, type Accuracies} from '../evaluation/accuracies';
import {embedSplits} from '../evaluation/evaluateEncoder';
import {exportBackbone} from '../evaluation/exportBackbone';
import type {KnnOptions} from '../evaluation/knn';
import type {Params} from '../module';
import {encoderOf} from '../training/encoderOf';
import type {TrainingEvent} from '../training/event';
import type {Run} from '../training/run';
import {stepCount, type Task} from '../training/training';
import {trainRun, type Course} from '../training/trainRun';
import type {Recipe} from '../views/recipe';
import {hitText} from './hitText';
import {embeddingLidar, projectionGeometry, type ProjectionGeometry} from './projectionGeometry';

/** How a training went, and what its encoder is worth. */
export type MeasuredRow = ProjectionGeometry & {
  /** Identifier of the run, and the name of its folder. */
  run: string;
  dataset: string;
  seed: number;
  epochs: number;
  /** Test accuracies at the last epoch. */
  last: Accuracies;
  /** Test accuracies at the epoch with the best k-NN accuracy on the validation split. */
  chosen: Accuracies & {epoch: number};
  /** Which test images were classified rightly from the embedding at the last epoch: '1' or '0' each, in the order of the test split, for intervals by family. */
  hits: {knn: string; linear: string};
  /** LiDAR of the embeddings, 1 to their dimensions; null where there are too few test images. Where the study asks for it. */
  lidar?: number | null;
  /** Of the loss, health numbers and what else the task watches, epoch by epoch. */
  course: Course;
  /** How accuracies were measured, in words and numbers. */
  protocol: string;
  minutes: number;
  device: string;
};

export interface MeasuredRunOptions<P extends Params> {
  dataset: Dataset;
  /** Of the views by which alignment and similarities are measured. */
  recipe: Recipe;
  /** How often accuracy is measured on the way. */
  evaluations: number;
  /** @default the protocol's */
  knn?: Pick<KnnOptions, 'k' | 'temperature'>;
  /** τ of the loss at this share of the training; without it relative penalties are not measured. */
  temperature?: (params: P, progress: tf.Scalar) => tf.Scalar;
  /** Whether LiDAR is measured: more views go through the encoder. @default false */
  lidar?: boolean;
  /** Lines for the head of the exported encoder. */
  metadata: Record<string, string>;
  onEvent?(event: TrainingEvent): void;
  signal?: AbortSignal;
}

/** Trains and measures; each evaluation also writes `backbone.safetensors` in the run's folder. */
export async function measuredRun<Batch, P extends Params, S extends Params, O extends Params, I extends Inputs>(run: Run<unknown>, task: Task<Batch, P, S, O, I>,
  {dataset, recipe, evaluations, knn, temperature, lidar = false, metadata, onEvent, signal}: MeasuredRunOptions<P>): Promise<MeasuredRow> {
  const evaluate = async (training: Parameters<typeof encoderOf<P, S>>[1] & {step: number}) => {
    const {encoder, params, backbone, dispose} = await encoderOf(task.method, training, dataset, {signal});
    try {
      const τ = temperature ? tf.tidy(() => temperature(params, tf.scalar(training.step / stepCount(task).steps)).dataSync()[0]!) : null;
      await exportBackbone(path.join(run.folder, 'backbone.safetensors'),
        {...backbone, metadata: {...metadata, ...(τ !== null && {temperature: String(Number(τ.toPrecision(6)))}), dataset: dataset.name, step: String(training.step)}});
      const splits = await embedSplits(encoder, dataset, {signal});
      try {
        const {accuracies: measured, validationKnn, protocol, embedding: {predictions}} = await accuracies(splits, {...knn, signal});
        const geometry = await projectionGeometry(encoder, dataset, splits.test, recipe, {temperature: τ, signal});
        const directions = lidar ? {lidar: await embeddingLidar(encoder, dataset, recipe, {width: splits.test.embedding.shape[1], signal})} : {};
        return {accuracies: measured, validationKnn, protocol, hits: {knn: hitText(predictions.knn, splits.test.labels), linear: hitText(predictions.linear, splits.test.labels)}, ...geometry, ...directions};
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
  return {run: run.id, dataset: dataset.name, seed: task.seed, epochs: task.epochs, last, chosen: {...best.evaluation.accuracies, epoch: best.epoch}, ...measured, course, minutes, device: deviceLine()};
}
