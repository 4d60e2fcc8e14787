// Mean and standard deviation of each channel over some images: what the last step of a recipe of
// views normalizes with.

import {check} from '../check';

/** Per channel, in the units of images in [0, 1]. */
export type ChannelStatistics = {mean: number[]; standardDeviation: number[]};

/**
 * @param images Bytes of [n, h, w, c].
 * @param indices Images that count; all when left out.
 * @returns Images all of one color have a standard deviation of 0.
 * @throws RangeError when no image counts or an index is not below n.
 */
export function channelStatistics(
  images: Uint8Array,
  [n, h, w, c]: readonly [number, number, number, number],
  indices?: ArrayLike<number>,
): ChannelStatistics {
  const count = indices?.length ?? n;
  check(
    images.length === n * h * w * c,
    'channelStatistics',
    `expected ${n * h * w * c} bytes for the shape [${[n, h, w, c]}], got ${images.length}`,
  );
  check(count > 0, 'channelStatistics', 'expected at least one image, got none');
  const size = h * w * c;
  return statisticsOf(
    Array.from({length: count}, (_, i) => {
      const image = indices ? indices[i]! : i;
      check(
        Number.isInteger(image) && image >= 0 && image < n,
        'channelStatistics',
        `expected indices from 0 to ${n - 1}, got ${image}`,
      );
      return channelSums(images.subarray(image * size, (image + 1) * size), c);
    }),
    h * w,
  );
}

/**
 * What one image adds to the statistics: of each channel the sum of its bytes, then of each the sum
 * of their squares, [2c]. Whole numbers, exact.
 */
export function channelSums(pixels: Uint8Array, c: number): Float64Array {
  const sums = new Float64Array(2 * c);
  for (let channel = 0; channel < c; channel++) {
    let [sum, squares] = [0, 0];
    for (let at = channel; at < pixels.length; at += c) {
      const value = pixels[at]!;
      sum += value;
      squares += value * value;
    }
    sums[channel] = sum;
    sums[c + channel] = squares;
  }
  return sums;
}

/**
 * The statistics of images that all have so many pixels. Exact to the last rounding, in whatever
 * order the images come.
 */
export function statisticsOf(images: readonly Float64Array[], pixels: number): ChannelStatistics {
  const c = images[0]!.length / 2;
  const total = (place: number) => BigInt(images.reduce((sum, image) => sum + image[place]!, 0));
  const count = images.length * pixels;
  const channels = Array.from({length: c}, (_, channel) => {
    const [sum, squares] = [total(channel), total(c + channel)];
    // whole numbers: nothing is lost where mean² is near the mean square
    return {mean: Number(sum) / count, variance: Number(BigInt(count) * squares - sum * sum) / count ** 2};
  });
  return {
    mean: channels.map(({mean}) => mean / 255),
    standardDeviation: channels.map(({variance}) => Math.sqrt(variance) / 255),
  };
}
