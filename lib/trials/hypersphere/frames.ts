// A playground on the circle and the sphere: SimCLR with projections of two or three dimensions,
// looked at while it trains, at several temperatures or losses. Wang & Isola 2020, "Understanding
// Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere",
// arXiv:2005.10242, fig. 3.

import {alignment} from '../../analysis/alignment';
import {tolerance} from '../../analysis/tolerance';
import {uniformity} from '../../analysis/uniformity';
import {smallConv} from '../../backbones/smallConv';
import {check} from '../../check';
import type {Dataset} from '../../datasets/dataset';
import {subset} from '../../datasets/subset';
import {fold, key, split} from '../../engine/random';
import {tf} from '../../engine/tf';
import {batches} from '../../embedding/batches';
import {labelsAt} from '../../evaluation/evaluateEncoder';
import {unit} from '../../layers/unit';
import {simclr, type SimclrOptions} from '../../methods/contrastive/simclr';
import {adamW} from '../../training/adamW';
import {encoderOf} from '../../embedding/encoderOf';
import type {TrainingEvent} from '../../training/event';
import {warmupCosine} from '../../schedules';
import {train} from '../../training/train';
import {openTraining, stepCount} from '../../training/training';
import {normalize} from '../../views/normalize';
import type {Recipe} from '../../views/recipe';
import {simclrViews} from '../../views/recipes/simclr';
import {twoViews} from '../../views/sources/twoViews';

/** Where some test images lie on the circle or sphere after so many steps. */
export type HypersphereFrame = {
  dataset: string;
  /** What is minimized: 'τ = 0.2', or the name of an {@link Objective}. */
  objective: string;
  seed: number;
  /** Steps done, from 0: fresh weights. */
  step: number;
  steps: number;
  /** Of this step's batch, in nats; null before the first. */
  loss: number | null;
  /** Of two fixed views of each image that is shown. */
  alignment: number;
  /** −log E exp(−2 ‖x − y‖²) of the points: larger is more uniform. */
  uniformity: number;
  /** Mean cosine of points of one class. */
  tolerance: number;
  /** [n][2 or 3] unit projections, of the same images in all frames. */
  points: number[][];
  /** [n] class of each point. No training sees it. */
  labels: number[];
  classes: string[];
};

/** What projections are trained for. */
export type Objective = {name: string} & Pick<SimclrOptions, 'loss' | 'temperature'>;

/** Options of {@link hypersphereStudy}. */
export interface HypersphereStudyOptions {
  /**
   * Its pretrain split is trained on, images of its test split are shown: a few classes, and few
   * images, are enough (`ofClasses`, `subset`).
   */
  dataset: Dataset;
  /** Of a projection: 2 for the circle, 3 for the sphere. @default 2 */
  dimensions?: 2 | 3;
  /** τ of NT-Xent, each above 0, in this order. @default [0.05, 0.2, 1] */
  temperatures?: readonly number[];
  /** Trained after the temperatures. @default none */
  objectives?: readonly Objective[];
  /** The same initial weights, order and views for all. @default 0 */
  seed?: number;
  /** Of the small encoder, a multiple of 4. @default 64 */
  width?: number;
  /** @default 20 */
  epochs?: number;
  /** Images a step. @default 64 */
  batch?: number;
  /** Highest learning rate, after a tenth of the run. @default 0.003 */
  rate?: number;
  /**
   * Views of the data set's own size.
   * @default SimCLR's with color strength 0.5, crops of at least 0.4 of an image, without blur
   */
  recipe?: Recipe;
  /**
   * Frames of each training after the one of fresh weights, at most; they lie closer at the start,
   * where most happens.
   * @default 24
   */
  frames?: number;
  /** Test images that are shown, evenly spaced. @default 300 */
  images?: number;
  /** Is told each step and the training that it belongs to. */
  onEvent?(event: TrainingEvent, run: {index: number; runs: number; objective: string}): void;
  signal?: AbortSignal;
}

/**
 * Trains one small encoder for each temperature and objective, one after the other, and yields
 * where the test images lie: before the first step, on the way and at the end. Nothing is kept in
 * files.
 *
 * @throws RangeError when τ ≤ 0, a name comes twice, or there are fewer steps than frames; as
 * `alignment`, `uniformity` and `tolerance` when too few images are shown; the signal's reason.
 */
export async function* hypersphereStudy({
  dataset,
  dimensions = 2,
  temperatures = [0.05, 0.2, 1],
  objectives = [],
  seed = 0,
  width = 64,
  epochs = 20,
  batch = 64,
  rate = 3e-3,
  recipe = defaultViews(dataset),
  frames = 24,
  images: count = 300,
  onEvent,
  signal,
}: HypersphereStudyOptions): AsyncGenerator<HypersphereFrame, void, undefined> {
  check(dimensions === 2 || dimensions === 3, 'hypersphereStudy', `expected 2 or 3 dimensions, got ${dimensions}`);
  for (const temperature of temperatures)
    check(temperature > 0, 'hypersphereStudy', `expected temperatures > 0, got ${temperature}`);
  const all: Objective[] = [
    ...temperatures.map(temperature => ({name: `τ = ${temperature}`, temperature})),
    ...objectives,
  ];
  const names = all.map(({name}) => name);
  check(
    names.length > 0 && new Set(names).size === names.length,
    'hypersphereStudy',
    `expected temperatures and objectives, each once, got ${names.join(', ') || 'none'}`,
  );

  const {steps} = stepCount({source: {size: dataset.splits.pretrain.length}, batch, epochs});
  check(
    Number.isInteger(frames) && frames >= 1 && frames <= steps,
    'hypersphereStudy',
    `expected frames from 1 to the number of steps, ${steps}, got ${frames}`,
  );
  const seen = new Set(Array.from({length: frames}, (_, i) => Math.ceil(steps * ((i + 1) / frames) ** 2)));
  const shown = subset(dataset, {test: count}).splits.test;
  const labels = labelsAt(dataset, shown);
  const backbone = smallConv({width, channels: dataset.shape[3]});
  const source = twoViews({dataset, recipe});
  const task = {
    source,
    optimizer: adamW({decay: 1e-4}),
    schedule: warmupCosine({peak: rate, warmup: 0.1}),
    epochs,
    batch,
    seed,
    watch: closeness,
  };
  let views: tf.Tensor4D | undefined;
  try {
    const images = (views = await shownViews(dataset, shown, recipe, seed, signal));
    for (const [index, {name: objective, ...options}] of all.entries()) {
      const method = simclr({backbone, projector: [width, dimensions], ...options});
      const training = openTraining({...task, method});
      const frame = async (loss: number | null): Promise<HypersphereFrame> => {
        const {encoder, dispose} = await encoderOf(method, training, dataset, {signal});
        try {
          const measured = tf.tidy(() => {
            const [points, first, second] = tf.split(unit(encoder(images).projection!), 3) as [
              tf.Tensor2D,
              tf.Tensor2D,
              tf.Tensor2D,
            ];
            const value = (scalar: tf.Scalar) => scalar.dataSync()[0]!;
            return {
              alignment: value(alignment(first, second)),
              uniformity: value(uniformity(points)),
              tolerance: value(tolerance(points, labels)),
              points: points.arraySync(),
            };
          });
          return {
            dataset: dataset.name,
            objective,
            seed,
            step: training.step,
            steps,
            loss,
            ...measured,
            labels: [...labels],
            classes: [...dataset.classes],
          };
        } finally {
          dispose();
        }
      };
      try {
        yield await frame(null);
        for await (const event of train({...task, method}, training, {signal})) {
          onEvent?.(event, {index, runs: all.length, objective});
          if (seen.has(event.step)) yield await frame(event.loss);
        }
      } finally {
        training.dispose();
      }
    }
  } finally {
    views?.dispose();
    source.dispose();
  }
}

const defaultViews = ({shape: [, size], mean, standardDeviation}: Dataset): Recipe =>
  simclrViews({size, strength: 0.5, blur: 0, area: [0.4, 1], mean, standardDeviation});

/**
 * Alignment and uniformity of a step's projections [2n, d]; a spread in two or three directions is
 * what is wanted here, so directions are not judged.
 */
function closeness({projection}: {projection: tf.Tensor2D}) {
  const [first, second] = tf.split(projection, 2) as [tf.Tensor2D, tf.Tensor2D];
  return {alignment: alignment(first, second), uniformity: uniformity(first)};
}

/**
 * The images themselves, then a first and then a second view of each: [3n, h, w, c], normalized.
 */
async function shownViews(
  dataset: Dataset,
  indices: Int32Array,
  recipe: Recipe,
  seed: number,
  signal?: AbortSignal,
): Promise<tf.Tensor4D> {
  const {images} = await batches(batch => ({images: batch}), dataset, indices, {signal});
  try {
    return tf.tidy(() => {
      const [a, b] = split(fold(key(seed), 'shown'), 2);
      return tf.concat([normalize(dataset)(images), recipe.first(images, a!), recipe.second(images, b!)]);
    });
  } finally {
    images.dispose();
  }
}
