// k-means: divides points into k clusters, each round the mean of its points.
// Lloyd 1982, "Least squares quantization in PCM"; Arthur & Vassilvitskii 2007, "k-means++: The
// Advantages of Careful Seeding".

import {check, whole} from '../../check';
import {operation, type} from '../../engine/operation';
import {fold, uniform} from '../../engine/random';
import {tf} from '../../engine/tf';
import {macrotask} from '../../macrotask';
import type {Key} from '../../module';
import {nearestCenter} from './nearestCenter';

/** Options of {@link kMeans}. */
export interface KMeansOptions {
  /** Number of clusters, 1 to the number of points. */
  k: number;
  /** Of it come the first centers, unless they are given. */
  key: Key;
  /**
   * Rounds of assignment and mean at most; fewer when no point changes its cluster any more.
   * @default 20
   */
  iterations?: number;
  /** First centers [k, d]. @default drawn by k-means++ */
  start?: tf.Tensor2D;
  signal?: AbortSignal;
}

/**
 * Tensors, which the caller disposes, and the sum of squared distances of all points to their
 * centers.
 */
export type Clusters = {
  /** [k, d], means of their points. */
  centers: tf.Tensor2D;
  /** [n] int32: the cluster of each point. */
  assignment: tf.Tensor1D;
  /** [n], of each point to the center of its cluster. */
  distances: tf.Tensor1D;
  inertia: number;
};

/** Distances that are computed at once, in values: 64 MB. */
const BLOCK = 2 ** 24;
/** Centers that are drawn between two turns of the rest of the process. */
const DRAWN_AT_ONCE = 64;

/**
 * Lloyd's algorithm from centers drawn by k-means++. A cluster that loses all its points takes the
 * point that is farthest from its center. The same key gives the same clusters.
 *
 * @param points [n, d].
 * @throws RangeError when there are fewer points than clusters; the signal's reason.
 */
export async function kMeans(
  points: tf.Tensor2D,
  {k, key, iterations = 20, start, signal}: KMeansOptions,
): Promise<Clusters> {
  const [n, d] = points.shape;
  check(Number.isInteger(k) && k >= 1 && k <= n, 'kMeans', `expected 1 to ${n} clusters of ${n} points, got ${k}`);
  whole('kMeans', 'iterations', iterations);
  check(
    !start || `${start.shape}` === `${[k, d]}`,
    'kMeans',
    `expected first centers [${k}, ${d}], got [${start?.shape}]`,
  );
  let centers = start?.clone() ?? (await firstCenters(points, k, key, signal));
  let nearest: Nearest | undefined;
  try {
    nearest = await nearestOf(points, centers, signal);
    for (let i = 0; i < iterations; i++) {
      const next = await meansOf(points, nearest, k);
      tf.dispose(centers);
      centers = next;
      const before = nearest;
      nearest = await nearestOf(points, centers, signal);
      const still = tf.tidy(() => nearest!.assignment.equal(before.assignment).all().dataSync()[0] === 1);
      tf.dispose(before);
      if (still) break;
    }
    const inertia = tf.tidy(() => nearest!.squares.sum().dataSync()[0]!);
    return {centers, assignment: nearest.assignment.clone(), distances: nearest.squares.sqrt(), inertia};
  } catch (error) {
    centers.dispose();
    throw error;
  } finally {
    if (nearest) tf.dispose(nearest);
  }
}

/**
 * k points, each drawn with a probability in proportion to its squared distance from the nearest
 * one before.
 */
async function firstCenters(points: tf.Tensor2D, k: number, key: Key, signal?: AbortSignal): Promise<tf.Tensor2D> {
  const n = points.shape[0];
  const chosen: tf.Tensor2D[] = [];
  let squares = tf.ones([n]) as tf.Tensor1D; // all alike: the first one is drawn evenly
  try {
    for (let i = 0; i < k; i++) {
      if (i % DRAWN_AT_ONCE === 0) await macrotask(signal);
      const [center, left] = tf.tidy(() => {
        // exponential: the least noise over weight is a draw by weight
        const noise = uniform(fold(key, i), [n]).maximum(1e-30).log().neg();
        const place = noise.div(squares.maximum(1e-30)).argMin(0);
        const drawn = points.gather(place.expandDims(0) as tf.Tensor1D) as tf.Tensor2D; // [1, d]
        const away = points.sub(drawn).square().sum(1) as tf.Tensor1D;
        return [drawn, i === 0 ? away : (squares.minimum(away) as tf.Tensor1D)] as const;
      });
      squares.dispose();
      squares = left;
      chosen.push(center);
    }
    return tf.concat(chosen);
  } finally {
    tf.dispose([chosen, squares]);
  }
}

/** Of each point [n]: its cluster, and the square of its distance from the center. */
type Nearest = {assignment: tf.Tensor1D; squares: tf.Tensor1D};

/** Between blocks of distances other work of the process gets its turn. */
async function nearestOf(points: tf.Tensor2D, centers: tf.Tensor2D, signal?: AbortSignal): Promise<Nearest> {
  const [n, d] = points.shape;
  const rows = Math.max(1, Math.floor(BLOCK / centers.shape[0]));
  const parts: Nearest[] = [];
  try {
    for (let at = 0; at < n; at += rows) {
      await macrotask(signal);
      parts.push(
        tf.tidy(() => {
          const some = points.slice([at, 0], [Math.min(rows, n - at), d]);
          const assignment = nearestCenter(some, centers);
          // from the points themselves: small distances keep their digits
          return {assignment, squares: some.sub(centers.gather(assignment)).square().sum(1) as tf.Tensor1D};
        }),
      );
    }
    return tf.tidy(() => ({
      assignment: tf.concat(parts.map(part => part.assignment)),
      squares: tf.concat(parts.map(part => part.squares)),
    }));
  } finally {
    tf.dispose(parts);
  }
}

/**
 * Mean of each cluster's points [k, d]; where a cluster has none, the point farthest from its
 * center that no other one took.
 */
async function meansOf(points: tf.Tensor2D, {assignment, squares}: Nearest, k: number): Promise<tf.Tensor2D> {
  const sum = (values: tf.Tensor) =>
    operation('UnsortedSegmentSum', {T: type('float32'), Tindices: type('int32'), Tnumsegments: type('int32')}, [
      values,
      assignment,
      tf.scalar(k, 'int32'),
    ]);
  const {means, counts} = tf.tidy(() => {
    const sizes = sum(tf.ones([points.shape[0]])) as tf.Tensor1D;
    return {counts: sizes, means: sum(points).div(sizes.maximum(1).expandDims(1)) as tf.Tensor2D};
  });
  const empty = Array.from(await counts.data<'float32'>()).flatMap((count, cluster) => (count === 0 ? [cluster] : []));
  counts.dispose();
  if (empty.length === 0) return means;
  return tf.tidy(() => {
    const farthest = points.gather(tf.topk(squares, empty.length).indices);
    const filled = operation('TensorScatterUpdate', {T: type('float32'), Tindices: type('int32')}, [
      means,
      tf.tensor2d(empty, [empty.length, 1], 'int32'),
      farthest,
    ]) as tf.Tensor2D;
    means.dispose();
    return filled;
  });
}
