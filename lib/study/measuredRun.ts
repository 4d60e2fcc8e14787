// A training of a method with projections, measured on the way: accuracies of embeddings and
// projections, and the geometry of the projections.

import type {Inputs} from '../engine/step';
import {tf} from '../engine/tf';
import {accuracies, type Accuracies} from '../evaluation/accuracies';
import type {KnnOptions} from '../evaluation/knn';
import type {Params} from '../module';
import type {Run} from '../training/run';
import {stepCount, type Task} from '../training/training';
import type {Recipe} from '../views/recipe';
import {encoderRun, type EncoderRow, type EncoderRunOptions} from './encoderRun';
import {embeddingLidar, projectionGeometry, type ProjectionGeometry} from './projectionGeometry';

/** How a training went, and what its encoder and its projections are worth. */
export type MeasuredRow = EncoderRow<Accuracies> &
  ProjectionGeometry & {
    /**
     * LiDAR of the embeddings, 1 to their dimensions; null where there are too few test images.
     * Where the study asks for it.
     */
    lidar?: number | null;
  };

/** Options of {@link measuredRun}: what the encoder is measured on, and by which views. */
export interface MeasuredRunOptions<P extends Params> extends Pick<
  EncoderRunOptions<P, Accuracies, {}>,
  'dataset' | 'evaluations' | 'onEvent' | 'signal'
> {
  /** Of the views by which alignment and similarities are measured. */
  recipe: Recipe;
  /** @default the protocol's */
  knn?: Pick<KnnOptions, 'k' | 'temperature'>;
  /**
   * τ of the loss at this share of the training; without it relative penalties are not measured.
   */
  temperature?: (params: P, progress: tf.Scalar) => tf.Scalar;
  /** Whether LiDAR is measured: more views go through the encoder. @default false */
  lidar?: boolean;
  /** Lines for the head of the exported encoder. */
  metadata: Record<string, string>;
}

/** `encoderRun` with accuracies and geometry. */
export async function measuredRun<Batch, P extends Params, S extends Params, O extends Params, I extends Inputs>(
  run: Run<unknown>,
  task: Task<Batch, P, S, O, I>,
  {dataset, recipe, knn, temperature, lidar = false, metadata, signal, ...options}: MeasuredRunOptions<P>,
): Promise<MeasuredRow> {
  const {steps} = stepCount(task);
  const τAt = (params: P, step: number) =>
    temperature ? tf.tidy(() => temperature(params, tf.scalar(step / steps)).dataSync()[0]!) : null;
  return encoderRun(run, task, {
    ...options,
    dataset,
    signal,
    metadata(params, step) {
      const τ = τAt(params, step);
      return {...metadata, ...(τ !== null && {temperature: String(Number(τ.toPrecision(6)))})};
    },
    async measure(encoder, splits, params, step) {
      const {accuracies: measured, embedding} = await accuracies(splits, {...knn, signal});
      const geometry = await projectionGeometry(encoder, dataset, splits.test, recipe, {
        temperature: τAt(params, step),
        signal,
      });
      const directions = lidar
        ? {lidar: await embeddingLidar(encoder, dataset, recipe, {width: splits.test.embedding.shape[1], signal})}
        : {};
      return {accuracies: measured, embedding, more: {...geometry, ...directions}};
    },
  });
}
