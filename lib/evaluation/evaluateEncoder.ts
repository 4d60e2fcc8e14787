// Embeds the labeled splits of a data set and measures them: one call from an encoder to its
// accuracies.

import type {Dataset} from '../datasets/dataset';
import {tf} from '../engine/tf';
import {
  accuracies,
  type AccuraciesOptions,
  embeddingAccuracies,
  type FeatureAccuracies,
  type Splitted,
} from './accuracies';
import {embed, type Embeddings, type Encoder} from '../embedding/embed';

/** [n] classes of the images at `indices`. */
export const labelsAt = ({labels}: Dataset, indices: Int32Array): Int32Array => indices.map(index => labels[index]!);

/**
 * Embeddings of the three labeled splits with their classes; the caller disposes the tensors.
 * Works in pieces.
 */
export async function embedSplits(
  encoder: Encoder,
  dataset: Dataset,
  {signal}: {signal?: AbortSignal} = {},
): Promise<Splitted<Embeddings & {labels: Int32Array}>> {
  const split = async (name: 'train' | 'validation' | 'test') => ({
    ...(await embed(encoder, dataset, dataset.splits[name], {signal})),
    labels: labelsAt(dataset, dataset.splits[name]),
  });
  return {train: await split('train'), validation: await split('validation'), test: await split('test')};
}

/**
 * {@link accuracies} of an encoder on a data set. Works in pieces.
 *
 * @throws RangeError when the encoder returns no projection, and as k-NN and the linear probe do;
 * the signal's reason.
 */
export const evaluateEncoder = (
  encoder: Encoder,
  dataset: Dataset,
  options: AccuraciesOptions = {},
): ReturnType<typeof accuracies> => evaluated(encoder, dataset, options, splits => accuracies(splits, options));

/**
 * `embeddingAccuracies` of an encoder on a data set: for encoders that have no projection, as those
 * of masked methods. Works in pieces.
 *
 * @throws RangeError as k-NN and the linear probe do; the signal's reason.
 */
export const evaluateEmbedding = (
  encoder: Encoder,
  dataset: Dataset,
  options: AccuraciesOptions = {},
): Promise<FeatureAccuracies> => evaluated(encoder, dataset, options, splits => embeddingAccuracies(splits, options));

/** What `measure` says of the splits, which are freed. */
async function evaluated<T>(
  encoder: Encoder,
  dataset: Dataset,
  options: AccuraciesOptions,
  measure: (splits: Splitted<Embeddings & {labels: Int32Array}>) => Promise<T>,
): Promise<T> {
  const splits = await embedSplits(encoder, dataset, options);
  try {
    return await measure(splits);
  } finally {
    tf.dispose(
      Object.values(splits).flatMap(({embedding, projection}) => (projection ? [embedding, projection] : [embedding])),
    );
  }
}
