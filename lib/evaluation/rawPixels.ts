// The pixels themselves as features: what an encoder starts from.

import type {Dataset} from '../datasets/dataset';
import type {tf} from '../engine/tf';
import type {BatchesOptions} from '../embedding/batches';
import {embed} from '../embedding/embed';

/**
 * The images at `indices` as an encoder gets them, normalized per channel, each as one row.
 *
 * @returns [n, h · w · c]; the caller disposes it.
 */
export async function rawPixels(
  dataset: Dataset,
  indices: Int32Array,
  options: BatchesOptions = {},
): Promise<tf.Tensor2D> {
  const {embedding} = await embed(
    images => ({embedding: images.reshape([images.shape[0], -1])}),
    dataset,
    indices,
    options,
  );
  return embedding;
}
