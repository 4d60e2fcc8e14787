// What the studies of good views measure of an encoder: accuracies, what two views share by it, and
// what it is worth elsewhere.

import {tf} from '../engine/tf';
import {embeddingAccuracies, type Splitted} from '../evaluation/accuracies';
import type {Embeddings, Encoder} from '../embedding/embed';
import type {Source} from '../module';
import {encodedPairs, type EncodedPairs} from './encodedPairs';
import type {Measured} from './encoderRun';
import {heldOutInformation, type HeldOutInformation} from './heldOutInformation';
import {transferred, type Read} from './transferred';

export interface MeasuredViewsOptions<Batch> {
  /** Held-out pairs; freed. */
  source: Source<Batch>;
  /** Projections of both views of a batch. */
  encode(batch: Batch): EncodedPairs;
  temperature: number;
  /** K. */
  candidates: number;
  transfer: readonly string[];
  signal?: AbortSignal;
}

export type ViewsMeasured = Measured<Read, HeldOutInformation & {transfer: {[name: string]: Read}}>;

/** For {@link encoderRun}. */
export async function measuredViews<Batch>(
  encoder: Encoder,
  splits: Splitted<Embeddings & {labels: Int32Array}>,
  {source, encode, temperature, candidates: k, transfer, signal}: MeasuredViewsOptions<Batch>,
): Promise<ViewsMeasured> {
  try {
    const embedding = await embeddingAccuracies(splits, {signal});
    const pairs = await encodedPairs(encode, source, {signal});
    try {
      return {
        accuracies: {knn: embedding.knn, linear: embedding.linear},
        embedding,
        more: {...heldOutInformation(pairs, {temperature, k}), transfer: await transferred(encoder, transfer, signal)},
      };
    } finally {
      tf.dispose(pairs);
    }
  } finally {
    source.dispose();
  }
}
