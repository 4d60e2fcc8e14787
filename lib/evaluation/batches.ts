// Runs a function over the images of a data set, batch by batch, and joins what it returns.

import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';

export interface BatchesOptions {
  /** Images at once; the last batch may be smaller. @default 256 */
  batch?: number;
  signal?: AbortSignal;
}

/**
 * Joins the rows that `f` makes of the images at `indices`. Between batches other work of the process gets its turn.
 *
 * @param f Gets images [n, h, w, c] in [0, 1] and returns tensors of n rows by name.
 * @param indices At least one index into `dataset.images`.
 * @returns The tensors of the whole list, in its order; the caller disposes them.
 * @throws RangeError when there is no index, one lies outside the data set, or `f` returns another number of rows; the signal's reason.
 */
export async function batches<R extends {[name: string]: tf.Tensor | undefined}>(f: (images: tf.Tensor4D) => R, dataset: Dataset, indices: Int32Array,
  {batch = 256, signal}: BatchesOptions = {}): Promise<R> {
  const [n, h, w, c] = dataset.shape;
  check(indices.length >= 1, 'batches', `expected at least one image of ${dataset.name}, got none`);
  check(Number.isInteger(batch) && batch >= 1, 'batches', `expected a batch of at least 1 image, got ${batch}`);
  const outside = indices.find(index => index < 0 || index >= n);
  check(outside === undefined, 'batches', `expected indices from 0 to ${n - 1} into ${dataset.name}, got ${outside}`);
  const size = h * w * c;
  const parts: Record<string, tf.Tensor | undefined>[] = [];
  try {
    for (let start = 0; start < indices.length; start += batch) {
      await macrotask(signal);
      const rows = indices.subarray(start, start + batch);
      const pixels = new Float32Array(rows.length * size);
      rows.forEach((index, row) => pixels.set(dataset.images.subarray(index * size, (index + 1) * size), row * size));
      const part = tf.tidy(() => f(tf.tensor4d(pixels, [rows.length, h, w, c]).div(255)) as {});
      parts.push(part);
      for (const [name, {shape}] of present(part)) check(shape[0] === rows.length, 'batches', `expected ${rows.length} rows of ${name}, got [${shape}]`);
    }
    return tf.tidy(() => Object.fromEntries(present(parts[0]).map(([name]) => [name, tf.concat(parts.map(part => part[name]!))]))) as R;
  } finally {
    tf.dispose(parts.flatMap(part => present(part).map(([, tensor]) => tensor)));
  }
}

const present = (part: Record<string, tf.Tensor | undefined>) => Object.entries(part).filter((entry): entry is [string, tf.Tensor] => entry[1] !== undefined);
