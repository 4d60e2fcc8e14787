// Measures the population statistics of every BatchNorm, which evaluation uses in place of a
// batch's ("precise BatchNorm"). Wu & Johnson 2021, "Rethinking 'Batch' in BatchNorm",
// arXiv:2105.07576, sec. 3.

import {check} from '../check';
import {compile} from '../engine/compile';
import {kept, released} from '../engine/keep';
import {tf} from '../engine/tf';
import {batches} from './batches';
import type {Embeddings} from './embed';
import type {Mode, Params, TrainingImages} from '../module';
import {fromNames} from '../engine/params';
import {normalize} from '../views/normalize';

/** Options of {@link batchNormStatistics}. */
export interface BatchNormStatisticsOptions {
  /**
   * Which images stand for the population; when there are more than `images`, evenly spaced ones
   * are taken.
   * @default the split 'pretrain'
   */
  indices?: Int32Array;
  /** Images at most. @default 2048 */
  images?: number;
  /** Images whose moments are taken together, at least 2. @default 256 */
  batch?: number;
  /** Tensors that `apply` captures. @default none */
  holds?: Params;
  signal?: AbortSignal;
}

type Moments = {weight: number; mean: Float32Array; variance: Float32Array};

/**
 * One pass over images without augmentation. Between batches other work of the process gets its
 * turn.
 *
 * @param apply The model in the mode that it is given: `(images, mode) => method.embed(params,
 * state, images, mode)`.
 * @returns `running_mean` and `running_var` at the place of each BatchNorm, for {@link Mode}'s
 * `statistics`: the mean over all images, and the mean of the batches' variances plus the variance
 * of their means. Empty when the model has no BatchNorm. The caller disposes it.
 * @throws RangeError when fewer than 2 images are given; the signal's reason.
 */
export async function batchNormStatistics(
  apply: (images: tf.Tensor4D, mode: Mode) => Embeddings,
  dataset: TrainingImages,
  {
    indices = dataset.splits.pretrain,
    images: count = 2048,
    batch = 256,
    holds,
    signal,
  }: BatchNormStatisticsOptions = {},
): Promise<Params> {
  check(
    Number.isInteger(batch) && batch >= 2,
    'batchNormStatistics',
    `expected a batch of at least 2 images, got ${batch}`,
  );
  check(
    indices.length >= 2 && count >= 2,
    'batchNormStatistics',
    `expected at least 2 images of ${dataset.name}, got ${Math.min(indices.length, count)}`,
  );
  const size = Math.min(count, indices.length);
  // a small last batch would have statistics of its own kind
  const whole = size <= batch ? size : size - (size % batch);
  const chosen = Int32Array.from({length: whole}, (_, i) => indices[Math.floor((i * indices.length) / whole)]!);
  const normalized = normalize(dataset);
  const compiled = compile<{}, {images: tf.Tensor4D}, Record<string, {mean: tf.Tensor; variance: tf.Tensor}>>(
    (_state, {images}) => {
      const collected: Record<string, {mean: tf.Tensor; variance: tf.Tensor}> = {};
      apply(normalized(images), {collect: (path, mean, variance) => (collected[path] = kept({mean, variance}))});
      return {outputs: released(collected)};
    },
    {},
    {images: {dtype: 'float32', shape: [null, ...dataset.shape.slice(1)]}},
    {holds},
  );
  const found = new Map<string, Moments[]>();
  try {
    await batches(
      images => {
        for (const [path, {mean, variance}] of Object.entries(compiled.run({images}))) {
          if (!found.has(path)) found.set(path, []);
          found.get(path)!.push({
            weight: images.shape[0],
            mean: mean.dataSync<'float32'>(),
            variance: variance.dataSync<'float32'>(),
          });
        }
        return {};
      },
      dataset,
      chosen,
      {batch, signal},
    );
  } finally {
    compiled.dispose();
  }
  return fromNames(
    [...found].flatMap(([path, moments]): [string, tf.Tensor][] => {
      const {mean, variance} = pooled(moments);
      const name = (leaf: string) => (path ? `${path}.${leaf}` : leaf);
      return [
        [name('running_mean'), tf.tensor1d(mean)],
        [name('running_var'), tf.tensor1d(variance)],
      ];
    }),
  );
}

/**
 * Moments of all rows out of those of their batches: E[σ² + μ²] − (E μ)², summed so that a large
 * mean costs no digits.
 */
function pooled(moments: Moments[]): {mean: Float32Array; variance: Float32Array} {
  const weights = moments.reduce((sum, {weight}) => sum + weight, 0);
  const expected = (f: (batch: Moments) => number) =>
    moments.reduce((sum, batch) => sum + batch.weight * f(batch), 0) / weights;
  const mean = moments[0]!.mean.map((_, c) => expected(batch => batch.mean[c]!));
  return {
    mean,
    variance: mean.map((center, c) => expected(batch => batch.variance[c]! + (batch.mean[c]! - center) ** 2)),
  };
}
