// What an encoder makes of pairs of views that no training has seen.

import {range} from '../datasets/dataset';
import {key} from '../engine/random';
import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';
import type {Key, Source} from '../module';
import type {TwoViews} from '../views/sources/twoViews';

/** Row i of both is of the same sample. */
export type EncodedPairs = {first: tf.Tensor2D; second: tf.Tensor2D};

export interface EncodedPairsOptions {
  /** How many of the source's samples, from the first on. @default all */
  samples?: number;
  /** Of the views of the batch that begins with this sample. @default key */
  keyOf?(start: number): Key;
  /** @default 256 */
  batch?: number;
  signal?: AbortSignal;
}

/**
 * Encodes two views of each sample, the same ones for every encoder. Works in pieces.
 *
 * @param encode From a batch to [n, d] of each view.
 * @param source Stays the caller's.
 * @returns [samples, d] each; the caller frees them.
 * @throws The signal's reason.
 */
export async function encodedPairs<Batch>(
  encode: (batch: Batch) => EncodedPairs,
  source: Source<Batch>,
  {samples = Infinity, keyOf = key, batch = 256, signal}: EncodedPairsOptions = {},
): Promise<EncodedPairs> {
  const parts: EncodedPairs[] = [];
  const end = Math.min(samples, source.size);
  try {
    for (let start = 0; start < end; start += batch) {
      await macrotask(signal);
      const places = range(start, Math.min(start + batch, end));
      const fed = (await source.host?.draw(places, start, {signal})) ?? {};
      try {
        parts.push(tf.tidy(() => encode(source.batch(tf.tensor1d(places, 'int32'), keyOf(start), fed))));
      } finally {
        tf.dispose(fed);
      }
    }
    return {first: tf.concat(parts.map(part => part.first)), second: tf.concat(parts.map(part => part.second))};
  } finally {
    tf.dispose(parts);
  }
}

/**
 * For views of which one encoder sees both.
 *
 * @param encode From images [n, h, w, c] to [n, d].
 */
export const bothBy =
  (encode: (images: tf.Tensor4D) => tf.Tensor2D) =>
  ({first, second}: Pick<TwoViews, 'first' | 'second'>): EncodedPairs => ({
    first: encode(first),
    second: encode(second),
  });
