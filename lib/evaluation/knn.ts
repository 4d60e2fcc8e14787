// Weighted k nearest neighbors: how well classes lie together in a feature space, without training
// anything. Wu et al. 2018, "Unsupervised Feature Learning via Non-Parametric Instance
// Discrimination", arXiv:1805.01978.

import {check} from '../check';
import {accuracy, checkLabeled, classCount, type Labeled, type Measured} from './labeled';
import {neighbors} from './neighbors';

/** Options of {@link knn}. */
export interface KnnOptions {
  /** Neighbors that vote. @default 20 */
  k?: number;
  /** τ > 0: a neighbor's vote weighs exp(cosine/τ). @default 0.07 */
  temperature?: number;
  signal?: AbortSignal;
}

/** The protocol in words. */
export const knnProtocol = ({k = 20, temperature = 0.07}: KnnOptions): string => `${k}-NN, cosine, τ = ${temperature}`;

/**
 * Classifies each test image by the votes of its k nearest training images. Works in pieces.
 *
 * @param train Features of any length: cosine similarities are taken.
 * @param test As `train`.
 * @returns Of classes with equal votes the first is predicted.
 * @throws RangeError when k exceeds the training images, τ ≤ 0, a set is empty, widths differ, or a
 * class to be found has no training image; the signal's reason.
 * @see facebookresearch/dino, eval_knn.py, whose best k is this default.
 *
 * @example
 * ```ts
 * import {knn, tf} from 'ssl-workbench';
 * const labels = Int32Array.from({length: 100}, (_, i) => i % 4);
 * const train = {features: tf.randomNormal([100, 8]) as tf.Tensor2D, labels};
 * const test = {features: tf.randomNormal([20, 8]) as tf.Tensor2D, labels: new Int32Array(20)};
 * const {accuracy, predictions} = await knn(train, test, {k: 20, temperature: 0.07});
 * ```
 */
export async function knn(
  train: Labeled,
  test: Labeled,
  {k = 20, temperature = 0.07, signal}: KnnOptions = {},
): Promise<Measured> {
  checkLabeled('knn', train, {test});
  const n = train.labels.length;
  check(
    Number.isInteger(k) && k >= 1 && k <= n,
    'knn',
    `expected k from 1 to ${n}, the number of training images, got ${k}`,
  );
  check(temperature > 0, 'knn', `expected temperature > 0, got ${temperature}`);
  const {indices, similarities} = await neighbors(test.features, train.features, k, {signal});
  const votes = new Float64Array(classCount(train.labels));
  const predictions = test.labels.map((_, row) => {
    votes.fill(0);
    for (let j = row * k; j < (row + 1) * k; j++)
      // of the nearest: 1
      votes[train.labels[indices[j]!]!]! += Math.exp((similarities[j]! - similarities[row * k]!) / temperature);
    return votes.reduce((best, vote, label) => (vote > votes[best]! ? label : best), 0);
  });
  return {accuracy: accuracy(predictions, test.labels), predictions, protocol: knnProtocol({k, temperature})};
}
