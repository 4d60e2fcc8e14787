// The images of a split where a training step can take them: on the device when they fit there,
// else fed to it batch by batch, read ahead of the step.

import {check} from '../../check';
import {bytes, gatherBytes, shares} from '../../engine/bytes';
import {device} from '../../engine/device';
import type {tf} from '../../engine/tf';
import type {Source} from '../../module';
import {imagesAt, copyRows, type Dataset, type Splits} from '../../datasets/dataset';

/** Options of {@link imageSource}. */
export interface ImageSourceOptions {
  dataset: Dataset;
  /** Whose images. @default 'pretrain' */
  split?: keyof Splits;
  /**
   * Bytes of images that may lie on the device; a split with more, or one whose images are not in
   * memory, is fed batch by batch. 0 feeds always. The numbers of a training are the same either
   * way.
   * @default on a CPU a quarter of the memory that is free; on a GPU 2 GB
   */
  deviceBytes?: number;
}

/**
 * The images of a split, one sample each: a batch is [n, h, w, c], float32 in [0, 1]. For
 * `twoViews` and other sources of views.
 *
 * @throws RangeError when the split is empty.
 */
export function imageSource({
  dataset,
  split = 'pretrain',
  deviceBytes = defaultDeviceBytes(),
}: ImageSourceOptions): Source<tf.Tensor4D> {
  const indices = dataset.splits[split];
  const [size, [, h, w, c]] = [indices.length, dataset.shape];
  check(size > 0, 'imageSource', `expected images in the split '${split}' of ${dataset.name}, got none`);
  check(deviceBytes >= 0, 'imageSource', `expected deviceBytes from 0, got ${deviceBytes}`);
  const length = h * w * c;
  const samples = {...dataset, splits: {pretrain: indices}};
  if (typeof dataset.images !== 'function' && size * length <= deviceBytes) {
    const images = bytes(copyRows(dataset.images, length, indices), [size, h, w, c]);
    return {
      size,
      samples,
      holds: {images},
      batch: places => gatherBytes(images, places),
      dispose: () => images.dispose(),
    };
  }
  const fed: Source<tf.Tensor4D, {images: tf.Tensor4D}> = {
    size,
    samples,
    host: {
      inputs: {images: {dtype: 'uint8', shape: [null, h, w, c]}},
      draw: async (places, _seed, options) => ({
        images: bytes(
          await imagesAt(
            dataset,
            places.map(place => indices[place]!),
            options,
          ),
          [places.length, h, w, c],
        ) as tf.Tensor4D,
      }),
    },
    batch: (_places, _key, {images}) => shares(images),
    dispose() {},
  };
  return fed;
}

/**
 * A CPU's share: the copy takes its size twice for a while, and training needs memory too. A GPU's
 * free memory cannot be asked for: this much fits beside a training on most.
 */
const defaultDeviceBytes = () => (device().kind === 'GPU' ? 2e9 : process.availableMemory() / 4);
