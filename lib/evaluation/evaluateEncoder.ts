// Embeds the labelled splits of a data set and measures them: one call from an encoder to its accuracies.

import type {Dataset} from '../datasets/dataset';
import {tf} from '../engine/tf';
import {accuracies, type AccuraciesOptions, type Splitted} from './accuracies';
import {embed, type Embeddings, type Encoder} from './embed';

/** [n] classes of the images at `indices`. */
export const labelsAt = ({labels}: Dataset, indices: Int32Array): Int32Array => indices.map(index => labels[index]!);

/** Embeddings of the three labelled splits with their classes; the caller disposes the tensors. Works in pieces. */
export async function embedSplits(encoder: Encoder, dataset: Dataset, {signal}: {signal?: AbortSignal} = {}): Promise<Splitted<Embeddings & {labels: Int32Array}>> {
  const split = async (name: 'train' | 'validation' | 'test') => ({...await embed(encoder, dataset, dataset.splits[name], {signal}), labels: labelsAt(dataset, dataset.splits[name])});
  return {train: await split('train'), validation: await split('validation'), test: await split('test')};
}

/**
 * {@link accuracies} of an encoder on a data set. Works in pieces.
 *
 * @throws RangeError when the encoder returns no projection, and as k-NN and the linear probe do; the signal's reason.
 */
export async function evaluateEncoder(encoder: Encoder, dataset: Dataset, options: AccuraciesOptions = {}): ReturnType<typeof accuracies> {
  const splits = await embedSplits(encoder, dataset, options);
  try {
    return await accuracies(splits, options);
  } finally {
    tf.dispose(Object.values(splits).flatMap(({embedding, projection}) => [embedding, projection!]));
  }
}
