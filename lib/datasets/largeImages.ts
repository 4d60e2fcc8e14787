// Images of high resolution in memory, each of a size of its own, and the areas of them that
// patches for training and held-out patches are cut out of.

import {check} from '../check';
import {channelSums, statisticsOf, type ChannelStatistics} from './channelStatistics';

/** An image that is much larger than the patches cut out of it. */
export interface LargeImage {
  name: string;
  /** Row-major bytes of [height, width, 3]. */
  pixels: Uint8Array;
  height: number;
  width: number;
}

/** A rectangle of an image, in whole pixels. */
export interface LargeArea {
  /** Number of the image. */
  image: number;
  top: number;
  left: number;
  height: number;
  width: number;
}

/** Large images and the areas of each split. */
export interface LargeImages extends ChannelStatistics {
  name: string;
  images: readonly LargeImage[];
  /** What pre-training sees, and what is only measured on: no pixel lies in both. */
  areas: {pretrain: readonly LargeArea[]; test: readonly LargeArea[]};
  license: string;
  /** Whom to credit where the images are shown. */
  credit: string;
  /** SHA-256 over the sources. */
  checksum: string;
}

/**
 * Images with their areas, and mean and standard deviation over those of pre-training.
 *
 * @throws RangeError when pre-training has no area, an image has not as many bytes as its size
 * says, an area leaves its image, or one of the test overlaps one of pre-training.
 */
export function largeImages(set: Omit<LargeImages, keyof ChannelStatistics>): LargeImages {
  const {
    images,
    areas: {pretrain, test},
  } = set;
  check(pretrain.length > 0, 'largeImages', `expected an area for pre-training in ${set.name}, got none`);
  for (const {name, pixels, height, width} of images)
    check(
      pixels.length === height * width * 3,
      'largeImages',
      `expected ${height} × ${width} × 3 bytes of ${name}, got ${pixels.length}`,
    );
  for (const {image, top, left, height, width} of [...pretrain, ...test]) {
    const {name, height: h, width: w} = images[image]!;
    check(
      [top, left, height, width].every(Number.isInteger) &&
        Math.min(top, left) >= 0 &&
        Math.min(height, width) >= 1 &&
        top + height <= h &&
        left + width <= w,
      'largeImages',
      `expected areas within the ${h} × ${w} pixels of ${name}, got ${height} × ${width} from row ${top} ` +
        `and column ${left} on`,
    );
  }
  for (const a of pretrain)
    for (const b of test)
      check(
        a.image !== b.image || apart(a, b),
        'largeImages',
        `expected areas of the test that no area of pre-training overlaps, got two in ${images[a.image]!.name}`,
      );
  const total = new Float64Array(6); // whole numbers far below 2^53: exact
  let count = 0;
  for (const {image, top, left, height, width} of pretrain) {
    count += height * width;
    for (let row = top; row < top + height; row++) {
      const from = (row * images[image]!.width + left) * 3;
      channelSums(images[image]!.pixels.subarray(from, from + width * 3), 3).forEach((sum, place) => {
        total[place]! += sum;
      });
    }
  }
  return {...set, ...statisticsOf([total], count)};
}

const apart = (a: LargeArea, b: LargeArea) =>
  a.top + a.height <= b.top || b.top + b.height <= a.top || a.left + a.width <= b.left || b.left + b.width <= a.left;

/** Each of these images as a whole. */
export function wholeAreas(images: readonly LargeImage[], numbers: readonly number[]): LargeArea[] {
  return numbers.map(image => ({image, top: 0, left: 0, height: images[image]!.height, width: images[image]!.width}));
}
