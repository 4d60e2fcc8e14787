// An image's coarse structure as one view, its fine detail as the other: how much the two share is
// a matter of where the cut lies. Tian et al. 2020, "What Makes for Good Views for Contrastive
// Learning?", arXiv:2005.10243, appendix (frequency separation).

import {check} from '../../check';
import {imageSource, type ImageSourceOptions} from './imageSource';
import {tf} from '../../engine/tf';
import type {Source} from '../../module';
import {gaussianBlur} from '../blur';
import {normalize} from '../normalize';
import type {TwoViews} from './twoViews';
import type {View} from '../view';

/** Options of {@link frequencySplit}. */
export interface FrequencySplitOptions extends ImageSourceOptions {
  /** The dial: σ of the Gaussian in pixels, above 0 and at most (shorter side − 1) / 3. */
  sigma: number;
  /**
   * Drawn once for both halves, before the cut: a crop and a flip, for example. Stays in [0, 1].
   * @default the image as it is
   */
  view?: View;
}

/**
 * Splits each of the images of {@link imageSource} into {@link frequencies}: `first` the coarse
 * half, `second` the fine one. Both are normalized by the data set's mean and standard deviation,
 * the fine half about the set's mean color, which stands for "no detail": first + second is the
 * normalized image, and an image of one color has a second view of 0.
 *
 * @throws RangeError when the split is empty, or σ is outside its range.
 */
export function frequencySplit({sigma, view, ...options}: FrequencySplitOptions): Source<TwoViews> {
  const {mean, standardDeviation} = options.dataset;
  check(sigma > 0 && Number.isFinite(sigma), 'frequencySplit', `expected sigma above 0 pixels, got ${sigma}`);
  const source = imageSource(options);
  const [coarse, fine] = [
    normalize({mean, standardDeviation}),
    normalize({mean: mean.map(() => 0), standardDeviation}),
  ];
  return {
    ...source,
    batch: (index, key, inputs) =>
      tf.tidy(() => {
        const images = source.batch(index, key, inputs);
        const {low, high} = frequencies(view ? view(images, key) : images, sigma);
        return {first: coarse(low), second: fine(high), index: index.clone()};
      }),
  };
}

/**
 * @param images [n, h, w, c] in [0, 1].
 * @param sigma σ in pixels, above 0 and at most (shorter side − 1) / 3: the kernel reaches 3σ far,
 * and borders are mirrored.
 * @returns `low`, the images blurred, in [0, 1]; `high`, what the blur took away, −1 to 1. Their
 * sum is `images`.
 * @throws RangeError when σ is outside its range.
 */
export function frequencies(images: tf.Tensor4D, sigma: number): {low: tf.Tensor4D; high: tf.Tensor4D} {
  const [n, h, w] = images.shape;
  const radius = Math.ceil(3 * sigma);
  check(
    sigma > 0 && radius < Math.min(h, w),
    'frequencies',
    `expected sigma above 0 and at most ${Math.floor(((Math.min(h, w) - 1) / 3) * 100) / 100} pixels for ` +
      `images [${images.shape}], got ${sigma}`,
  );
  return tf.tidy(() => {
    const low = gaussianBlur(images, tf.fill([n], sigma), {kernelSize: 2 * radius + 1});
    return {low, high: images.sub<tf.Tensor4D>(low)};
  });
}
