// One channel of an image as one view, its other channels as the other: light and color, in most
// spaces. Tian et al. 2020 (CMC), "Contrastive Multiview Coding", arXiv:1906.05849; Tian et al.
// 2020 (InfoMin), arXiv:2005.10243, who compare color spaces.

import {tf} from '../engine/tf';
import {toColorSpace, type ColorSpace} from './colorSpace';
import {denormalize} from './denormalize';
import {normalize, type NormalizeOptions} from './normalize';
import type {ViewPair} from './viewPair';

/** Options of {@link channelSplit}. */
export interface ChannelSplitOptions {
  space: ColorSpace;
  /** What images were normalized with: the data set's mean and standard deviation. */
  images: NormalizeOptions;
  /** Of the space's channels over the data set, see colorStatistics. */
  statistics: NormalizeOptions;
}

/**
 * Splits normalized images [n, h, w, 3] into the space's first channel [n, h, w, 1] and its other
 * two [n, h, w, 2], each of mean 0 and standard deviation 1 over the data set. Both halves are of
 * one crop: what is in the same place of both is of the same place of the image.
 *
 * @throws RangeError for an unknown space, or a channel of the data set that never varies.
 */
export function channelSplit({space, images, statistics}: ChannelSplitOptions): ViewPair {
  const [pictures, scaled] = [denormalize(images), normalize(statistics)];
  return {
    channels: [1, 2],
    split: normalized => tf.tidy(() => halves(scaled(toColorSpace(pictures(normalized), space)))),
  };
}

/** The first channel, and the others. */
export function halves(images: tf.Tensor4D): {first: tf.Tensor4D; second: tf.Tensor4D} {
  const [first, second] = tf.split(images, [1, images.shape[3] - 1], 3) as [tf.Tensor4D, tf.Tensor4D];
  return {first, second};
}
