// Mean and standard deviation of each channel of a color space over a data set: what a split by
// channels normalizes with.

import type {ChannelStatistics} from '../datasets/channelStatistics';
import {tf} from '../engine/tf';
import type {TrainingImages} from '../module';
import {toColorSpace, type ColorSpace} from '../views/colorSpace';
import {batches} from '../embedding/batches';

/** Options of {@link colorStatistics}. */
export interface ColorStatisticsOptions {
  /**
   * Images of the pretrain split that count, evenly spaced.
   * @default 2000, or all if they are fewer
   */
  images?: number;
  signal?: AbortSignal;
}

/**
 * In the units of {@link toColorSpace}, over all pixels of the images. The same images for the same
 * data set: no number of a training depends on chance here.
 *
 * @throws RangeError for an unknown space or images that have not three channels; the signal's
 * reason.
 */
export async function colorStatistics(
  {splits: {pretrain}, ...dataset}: TrainingImages,
  space: ColorSpace,
  {images: limit = 2000, signal}: ColorStatisticsOptions = {},
): Promise<ChannelStatistics> {
  const count = Math.min(limit, pretrain.length);
  const chosen = Int32Array.from({length: count}, (_, i) => pretrain[Math.floor((i * pretrain.length) / count)]!);
  const {means, squares} = await batches(
    images => {
      const converted = toColorSpace(images, space);
      return {means: converted.mean([1, 2]) as tf.Tensor2D, squares: converted.square().mean([1, 2]) as tf.Tensor2D};
    },
    dataset,
    chosen,
    {signal},
  );
  try {
    const [mean, square] = [means, squares].map(rows =>
      Array.from({length: 3}, (_, channel) => rows.arraySync().reduce((sum, row) => sum + row[channel]!, 0) / count),
    ) as [number[], number[]];
    return {
      mean,
      standardDeviation: square.map((value, channel) => Math.sqrt(Math.max(0, value - mean[channel]! ** 2))),
    };
  } finally {
    tf.dispose([means, squares]);
  }
}
