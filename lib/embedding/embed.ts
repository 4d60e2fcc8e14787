// What an encoder makes of the images of a data set.

import type {tf} from '../engine/tf';
import type {TrainingImages} from '../module';
import {normalize} from '../views/normalize';
import {batches, type BatchesOptions} from './batches';

/** Features of n images: of the backbone [n, d], and behind the projector where there is one. */
export type Embeddings = {embedding: tf.Tensor2D; projection?: tf.Tensor2D};

/** Gets images [n, h, w, c], normalized with the data set's mean and standard deviation. */
export type Encoder = (images: tf.Tensor4D) => Embeddings;

/**
 * Embeds the images at `indices`, without augmentation. Between batches other work of the process
 * gets its turn.
 *
 * @param indices At least one index of an image.
 * @returns One row an image, in the order of `indices`; the caller disposes the tensors.
 * @throws RangeError when there is no index or one lies outside the data set; the signal's reason.
 *
 * @example
 * ```ts
 * import {drawnEmoji, embed, key, namedVit, tf} from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 32});
 * const backbone = namedVit('vit-nano', 3), params = backbone.init(key(0));
 * const encoder = (images: tf.Tensor4D) => ({embedding: backbone.apply(params, images, {})});
 * const {embedding} = await embed(encoder, dataset, dataset.splits.test);
 * ```
 */
export function embed(
  encoder: Encoder,
  dataset: Omit<TrainingImages, 'splits'>,
  indices: Int32Array,
  options: BatchesOptions = {},
): Promise<Embeddings> {
  const normalized = normalize(dataset);
  return batches(images => encoder(normalized(images)), dataset, indices, options);
}
