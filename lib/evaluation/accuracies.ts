// The accuracies of features under one protocol for all: encoders, trained or not, and hand-made features.

import {check} from '../check';
import type {tf} from '../engine/tf';
import type {Embeddings} from './embed';
import {knn, knnProtocol, type KnnOptions} from './knn';
import type {Labelled} from './labelled';
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

export type AccuraciesOptions = KnnOptions & LinearProbeOptions;

/** The three lists of labelled images, each with what it is measured by. */
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
export async function featureAccuracies({train, validation, test}: Splitted<Labelled>, options: AccuraciesOptions = {}): Promise<FeatureAccuracies> {
  const near = await knn(train, test, options);
  const {accuracy: validationKnn} = await knn(train, validation, options);
  const linear = await linearProbe(train, validation, test, options);
  const sizes = `${train.labels.length} training, ${validation.labels.length} validation, ${test.labels.length} test images`;
  return {
    knn: near.accuracy,
    linear: linear.accuracy,
    validationKnn,
    predictions: {knn: near.predictions, linear: linear.predictions},
    protocol: `${knnProtocol(options)}; ${linearProbeProtocol(options)}; ${sizes}`,
  };
}

/**
 * k-NN and linear probe of an encoder's embeddings and projections. Works in pieces.
 *
 * @returns Accuracies on the test images, k-NN of the embedding on the validation images, and the protocol of all.
 * @throws RangeError when there is no projection, and as {@link knn} and {@link linearProbe}; the signal's reason.
 */
export async function accuracies(splits: Splitted<Embeddings & {labels: Int32Array}>, options: AccuraciesOptions = {}):
  Promise<{accuracies: Accuracies; validationKnn: number; embedding: FeatureAccuracies; projection: FeatureAccuracies; protocol: string}> {
  const {train, validation, test} = splits;
  check([train, validation, test].every(({projection}) => projection), 'accuracies',
    'expected projections of all splits, got none: featureAccuracies measures an encoder without a projector');
  const of = (features: (split: Embeddings) => tf.Tensor2D) => {
    const labelled = (split: Embeddings & {labels: Int32Array}) => ({features: features(split), labels: split.labels});
    return featureAccuracies({train: labelled(train), validation: labelled(validation), test: labelled(test)}, options);
  };
  const embedding = await of(split => split.embedding);
  const projection = await of(split => split.projection!);
  return {
    accuracies: {knn: embedding.knn, knnProjection: projection.knn, linear: embedding.linear, linearProjection: projection.linear},
    validationKnn: embedding.validationKnn,
    embedding,
    projection,
    protocol: embedding.protocol,
  };
}
