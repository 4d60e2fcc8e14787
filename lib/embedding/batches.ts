// Runs a function over the images of a data set, batch by batch, and joins what it returns.

import {check, whole} from '../check';
import {imagesAt, copyRows, type Dataset} from '../datasets/dataset';
import {bytes, shares} from '../engine/bytes';
import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';

/** Options of {@link batches}. */
export interface BatchesOptions {
  /** Images at once. @default 256 */
  batch?: number;
  signal?: AbortSignal;
}

/**
 * Joins the rows that `f` makes of the images at `indices`. All batches have one shape, so that a
 * compiled `f` needs one graph: where the last one lacks images, its last image stands in for them,
 * and what `f` makes of those is dropped. Between batches other work of the process gets its turn.
 *
 * @param f Gets images [n, h, w, c] in [0, 1], n = the batch or all images if they are fewer, and
 * returns tensors of n rows by name.
 * @param indices At least one index of an image.
 * @returns The tensors of the whole list, in its order; the caller disposes them.
 * @throws RangeError when there is no index, one lies outside the data set, or `f` returns another
 * number of rows; the signal's reason.
 */
export async function batches<R extends {[name: string]: tf.Tensor | undefined}>(
  f: (images: tf.Tensor4D) => R,
  dataset: Pick<Dataset, 'name' | 'images' | 'shape'>,
  indices: Int32Array,
  {batch = 256, signal}: BatchesOptions = {},
): Promise<R> {
  const [n, h, w, c] = dataset.shape;
  check(indices.length >= 1, 'batches', `expected at least one image of ${dataset.name}, got none`);
  whole('batches', 'batch', batch);
  const outside = indices.find(index => index < 0 || index >= n);
  check(outside === undefined, 'batches', `expected indices from 0 to ${n - 1} into ${dataset.name}, got ${outside}`);
  const rows = Math.min(batch, indices.length);
  const parts: Record<string, tf.Tensor>[] = [];
  try {
    for (let start = 0; start < indices.length; start += rows) {
      await macrotask(signal);
      const read = await imagesAt(dataset, indices.subarray(start, start + rows), {signal});
      const left = indices.length - start;
      const pixels =
        left >= rows
          ? read
          : copyRows(
              read,
              h * w * c,
              Int32Array.from({length: rows}, (_, row) => Math.min(row, left - 1)),
            );
      parts.push(
        tf.tidy(() =>
          mapped(f(shares(bytes(pixels, [rows, h, w, c]))), (tensor, name) => {
            check(tensor.shape[0] === rows, 'batches', `expected ${rows} rows of ${name}, got [${tensor.shape}]`);
            return left >= rows ? tensor : tensor.slice(0, left);
          }),
        ),
      );
    }
    return tf.tidy(() => mapped(parts[0]!, (_, name) => tf.concat(parts.map(part => part[name]!)))) as R;
  } finally {
    tf.dispose(parts);
  }
}

/** The tensors that are there, each replaced by what `change` makes of it. */
function mapped(
  tensors: {[name: string]: tf.Tensor | undefined},
  change: (tensor: tf.Tensor, name: string) => tf.Tensor,
): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) => (tensor ? [[name, change(tensor, name)]] : [])),
  );
}
