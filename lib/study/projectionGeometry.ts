// How an encoder's projections of the test images lie on the sphere, and which negatives its
// temperature would push.

import {alignment} from '../analysis/alignment';
import {collapseLevel} from '../analysis/collapseLevel';
import {lidar} from '../analysis/lidar';
import {penaltyByRank} from '../analysis/penaltyByRank';
import {penaltyEntropy} from '../analysis/penaltyEntropy';
import {rankMe} from '../analysis/rankMe';
import {similarityHistogram} from '../analysis/similarityHistogram';
import {tolerance} from '../analysis/tolerance';
import {uniformity} from '../analysis/uniformity';
import type {Dataset} from '../datasets/dataset';
import {subset} from '../datasets/subset';
import {fold, key} from '../engine/random';
import {tf} from '../engine/tf';
import type {Embeddings, Encoder} from '../embedding/embed';
import {unit} from '../layers/unit';
import {withoutColumn} from '../losses/withoutColumn';
import {macrotask} from '../macrotask';
import type {Recipe} from '../views/recipe';
import {twoViews} from '../views/sources/twoViews';
import {bothBy, encodedPairs, type EncodedPairs} from './encodedPairs';

/** Of the projections of the test split: see lib/analysis for signs and units. */
export type ProjectionGeometry = {
  alignment: number;
  /** −log E exp(−2 ‖x − y‖²): larger is more uniform. */
  uniformity: number;
  /**
   * Mean cosine of two samples of one class; and the equation as printed, in which pairs of
   * different classes count as 0.
   */
  tolerance: number;
  toleranceLiteral: number;
  collapse: number;
  /** Null where there are fewer test images than the projection has dimensions. */
  rankMe: number | null;
  /**
   * Shares of cosine similarities in 40 equal bins from −1 to 1: between two views of one image;
   * between different images; of each view with its ten nearest negatives.
   */
  positiveSimilarities: number[];
  negativeSimilarities: number[];
  nearestSimilarities: number[];
  /**
   * Entropy in nats of the relative penalties at the run's τ: e to its power reads as how many
   * negatives count. Null where there is no τ.
   */
  penaltyEntropy: number | null;
  /**
   * Share of the push that goes to the nearest negatives, as many as {@link pushRanks} says. Null
   * where there is no τ.
   */
  pushShares: number[] | null;
};

/**
 * How many of the nearest negatives `pushShares` speaks of; those beyond the number of test images
 * are left out.
 */
export const pushRanks = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** Test images of which two views are made, evenly spaced: their similarities are known well enough. */
const VIEWED = 2048;

/** Views whose negatives are looked at one by one. */
const ANCHORS = 1000;

export interface ProjectionGeometryOptions {
  /** τ of the relative penalties; null for a loss without one. */
  temperature: number | null;
  signal?: AbortSignal;
}

/**
 * @param test Projections and classes of the test images, without augmentation.
 * @param recipe Of the views, the same ones for every encoder.
 */
export async function projectionGeometry(
  encoder: Encoder,
  dataset: Dataset,
  test: Embeddings & {labels: Int32Array},
  recipe: Recipe,
  {temperature, signal}: ProjectionGeometryOptions,
): Promise<ProjectionGeometry> {
  const source = twoViews({dataset: subset(dataset, {test: VIEWED}), split: 'test', recipe});
  const views = await encodedPairs(
    bothBy(images => encoder(images).projection!),
    source,
    {signal},
  ).finally(() => source.dispose());
  try {
    const {positives, negatives, nearest} = await similarityHistogram(views.first, views.second, {signal});
    const z = test.projection!;
    const scalars = {
      alignment: () => alignment(views.first, views.second),
      uniformity: () => uniformity(z),
      tolerance: () => tolerance(z, test.labels),
      toleranceLiteral: () => tolerance(z, test.labels, {literal: true}),
      collapse: () => collapseLevel(z),
    };
    const [n, d] = z.shape;
    const numbers = tf.tidy(() =>
      Object.fromEntries(Object.entries(scalars).map(([name, scalar]) => [name, scalar().dataSync()[0]!])),
    ) as Record<keyof typeof scalars, number>;
    const rank = n < d ? null : tf.tidy(() => rankMe(z).dataSync()[0]!);
    return {
      ...numbers,
      rankMe: rank,
      positiveSimilarities: positives,
      negativeSimilarities: negatives,
      nearestSimilarities: nearest,
      ...(await penalties(views, temperature, signal)),
    };
  } finally {
    tf.dispose(views);
  }
}

async function penalties(
  {first, second}: EncodedPairs,
  temperature: number | null,
  signal?: AbortSignal,
): Promise<Pick<ProjectionGeometry, 'penaltyEntropy' | 'pushShares'>> {
  if (temperature === null) return {penaltyEntropy: null, pushShares: null};
  await macrotask(signal);
  const [n] = first.shape;
  const negatives = tf.tidy(() => {
    const anchors = Math.min(n, ANCHORS);
    const cosine = tf.matMul(
      unit(first.slice([0, 0], [anchors, -1]) as tf.Tensor2D),
      unit(second),
      false,
      true,
    ) as tf.Tensor2D;
    return withoutColumn(cosine, tf.range(0, anchors, 1, 'int32'));
  });
  try {
    const shares = await penaltyByRank(negatives, {temperature, signal});
    const upTo = (rank: number) => shares.slice(0, rank).reduce((sum, share) => sum + share, 0);
    return {
      penaltyEntropy: tf.tidy(() => penaltyEntropy(negatives, {temperature}).dataSync()[0]!),
      pushShares: pushRanks.filter(rank => rank < n).map(upTo),
    };
  } finally {
    negatives.dispose();
  }
}

/**
 * Images and views of each by which LiDAR is measured, where the paper takes 1,000 and 50: more
 * images than an embedding of the small encoder has dimensions.
 */
const [IMAGES, VIEWS] = [256, 8];

/**
 * LiDAR of an encoder's embeddings, from views of the first test images: always the same ones.
 *
 * @returns Null where there are no more test images than the embedding has dimensions.
 */
export async function embeddingLidar(
  encoder: Encoder,
  dataset: Dataset,
  recipe: Recipe,
  {width, signal}: {width: number; signal?: AbortSignal},
): Promise<number | null> {
  const images = Math.min(Math.max(IMAGES, 2 * width), dataset.splits.test.length);
  if (images <= width) return null;
  const source = twoViews({dataset, split: 'test', recipe});
  const parts: tf.Tensor2D[] = [];
  try {
    for (let drawn = 0; drawn < VIEWS / 2; drawn++) {
      const {first, second} = await encodedPairs(
        bothBy(view => encoder(view).embedding),
        source,
        {samples: images, keyOf: start => fold(key(start), drawn), signal},
      );
      parts.push(first, second);
    }
    return tf.tidy(() => lidar(tf.stack(parts, 1) as tf.Tensor3D).dataSync()[0]!);
  } finally {
    tf.dispose(parts);
    source.dispose();
  }
}
