// Mean and standard deviation of each channel over some images: what the last step of a recipe of views normalises with.

import {check} from '../check';

/**
 * @param images Bytes of [n, h, w, c].
 * @param indices Images that count; all when left out.
 * @returns Per channel, in the units of images in [0, 1]. Images all of one colour have a standard deviation of 0.
 * @throws RangeError when no image counts or an index is not below n.
 */
export function channelStatistics(images: Uint8Array, [n, h, w, c]: readonly [number, number, number, number], indices?: ArrayLike<number>): {mean: number[]; standardDeviation: number[]} {
  const count = indices?.length ?? n;
  check(images.length === n * h * w * c, 'channelStatistics', `expected ${n * h * w * c} bytes for the shape [${[n, h, w, c]}], got ${images.length}`);
  check(count > 0, 'channelStatistics', 'expected at least one image, got none');
  const histograms = Array.from({length: c}, () => new Float64Array(256));   // exact: counts of bytes, not rounded sums
  const size = h * w * c;
  for (let i = 0; i < count; i++) {
    const image = indices ? indices[i]! : i;
    check(Number.isInteger(image) && image >= 0 && image < n, 'channelStatistics', `expected indices from 0 to ${n - 1}, got ${image}`);
    for (let channel = 0; channel < c; channel++) {
      const histogram = histograms[channel]!;
      for (let at = image * size + channel, end = (image + 1) * size; at < end; at += c) histogram[images[at]!]!++;
    }
  }
  const pixels = count * h * w;
  const mean = histograms.map(histogram => histogram.reduce((sum, times, value) => sum + times * value, 0) / pixels);
  const variance = histograms.map((histogram, channel) => histogram.reduce((sum, times, value) => sum + times * (value - mean[channel]!) ** 2, 0) / pixels);
  return {mean: mean.map(value => value / 255), standardDeviation: variance.map(value => Math.sqrt(value) / 255)};
}
