// The accuracies of features under one protocol for all: encoders, trained or not, and hand-made
// features.

import {check} from '../check';
import type {tf} from '../engine/tf';
import type {Embeddings} from '../embedding/embed';
import {knn, knnProtocol, type KnnOptions} from './knn';
import type {Labeled} from './labeled';
import {linearProbe, linearProbeProtocol, type LinearProbeOptions} from './linearProbe';

/** Test accuracies of one encoder under one protocol, as shares 0 to 1. */
export type Accuracies = {
  /** Weighted k-NN on the backbone's embedding, on the projection. */
  knn: number;
  knnProjection: number;
  /** Linear probe on the backbone's embedding, on the projection. */
  linear: number;
  linearProjection: number;
};

/** Options of {@link accuracies}. */
export type AccuraciesOptions = KnnOptions & LinearProbeOptions;

/** The three lists of labeled images, each with what it is measured by. */
export type Splitted<T> = {train: T; validation: T; test: T};

/** Accuracies of one kind of features. */
export type FeatureAccuracies = {
  knn: number;
  linear: number;
  /** k-NN on the validation images: by it an epoch is chosen. */
  validationKnn: number;
  /** [n test] predicted classes, for intervals by family. */
  predictions: {knn: Int32Array; linear: Int32Array};
  protocol: string;
};

/**
 * k-NN and linear probe of one kind of features. Works in pieces.
 *
 * @throws RangeError as {@link knn} and {@link linearProbe}; the signal's reason.
 */
export async function featureAccuracies(
  {train, validation, test}: Splitted<Labeled>,
  options: AccuraciesOptions = {},
): Promise<FeatureAccuracies> {
  const near = await knn(train, test, options);
  const {accuracy: validationKnn} = await knn(train, validation, options);
  const linear = await linearProbe(train, validation, test, options);
  const sizes =
    `${train.labels.length} training, ${validation.labels.length} validation, ${test.labels.length} test ` + 'images';
  return {
    knn: near.accuracy,
    linear: linear.accuracy,
    validationKnn,
    predictions: {knn: near.predictions, linear: linear.predictions},
    protocol: `${knnProtocol(options)}; ${linearProbeProtocol(options)}; ${sizes}`,
  };
}

type Embedded = Splitted<Embeddings & {labels: Int32Array}>;

const labeledBy = (
  {train, validation, test}: Embedded,
  features: (split: Embeddings) => tf.Tensor2D,
): Splitted<Labeled> => {
  const labeled = (split: Embedded['test']) => ({features: features(split), labels: split.labels});
  return {train: labeled(train), validation: labeled(validation), test: labeled(test)};
};

/**
 * {@link featureAccuracies} of an encoder's embeddings alone: for encoders that have no projection.
 */
export const embeddingAccuracies = (splits: Embedded, options?: AccuraciesOptions): Promise<FeatureAccuracies> =>
  featureAccuracies(
    labeledBy(splits, ({embedding}) => embedding),
    options,
  );

/**
 * k-NN and linear probe of an encoder's embeddings and projections. Works in pieces.
 *
 * @returns Accuracies on the test images, k-NN of the embedding on the validation images, and the
 * protocol of all.
 * @throws RangeError when there is no projection, and as {@link knn} and {@link linearProbe}; the
 * signal's reason.
 *
 * @example
 * ```ts
 * import {accuracies, embedSplits, type Dataset, type Encoder} from 'ssl-workbench';
 * async function measure(encoder: Encoder, dataset: Dataset) {
 *   const splits = await embedSplits(encoder, dataset); // of an encoder with a projection
 *   const {
 *     accuracies: {knn, linear},
 *     protocol,
 *   } = await accuracies(splits);
 *   return {knn, linear, protocol};
 * }
 * ```
 */
export async function accuracies(
  splits: Embedded,
  options: AccuraciesOptions = {},
): Promise<{
  accuracies: Accuracies;
  validationKnn: number;
  embedding: FeatureAccuracies;
  projection: FeatureAccuracies;
  protocol: string;
}> {
  check(
    Object.values(splits).every(({projection}) => projection),
    'accuracies',
    'expected projections of all splits, got none: embeddingAccuracies measures an encoder without a projector',
  );
  const embedding = await embeddingAccuracies(splits, options);
  const projection = await featureAccuracies(
    labeledBy(splits, embedded => embedded.projection!),
    options,
  );
  return {
    accuracies: {
      knn: embedding.knn,
      knnProjection: projection.knn,
      linear: embedding.linear,
      linearProjection: projection.linear,
    },
    validationKnn: embedding.validationKnn,
    embedding,
    projection,
    protocol: embedding.protocol,
  };
}
