// Two patches of one large image, d pixels to the right and d down from each other: near ones share
// almost all they show, far ones hardly more than the picture they are from. Tian et al. 2020,
// "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243 (patch distance).

import {check, whole} from '../../check';
import type {LargeArea, LargeImages} from '../../datasets/largeImages';
import {bytes, shares} from '../../engine/bytes';
import {numbers} from '../../engine/numbers';
import {split as splitKey} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Source} from '../../module';
import {normalize} from '../normalize';
import type {Recipe} from '../recipe';
import type {TwoViews} from './twoViews';

/** Options of {@link patchPairs}. */
export interface PatchPairsOptions {
  images: LargeImages;
  /** 'test' for pairs from places that training does not see. @default 'pretrain' */
  split?: keyof LargeImages['areas'];
  /** Side of a patch in pixels. @default 64 */
  size?: number;
  /**
   * The dial: d, in whole pixels from 0, the same patch twice. From `size` on, two patches share no
   * pixel.
   */
  distance: number;
  /**
   * Pairs that make an epoch.
   * @default as many as patches of this size lie side by side in the areas
   */
  pairs?: number;
  /** What is done to each patch. @default it is normalized */
  recipe?: Recipe;
}

/**
 * Pairs of patches at (x, y) and (x + d, y + d), both within one area; every such place of all
 * areas is as likely, and each pair is at a new one, drawn on the host. `index` is the pair's
 * number in the epoch and says nothing of its place.
 *
 * @throws RangeError when the split has no area, or one is smaller than size + d.
 */
export function patchPairs({
  images: set,
  split = 'pretrain',
  size = 64,
  distance,
  pairs,
  recipe,
}: PatchPairsOptions): Source<TwoViews, {first: tf.Tensor4D; second: tf.Tensor4D}> {
  const areas = set.areas[split];
  check(Number.isInteger(size) && size >= 1, 'patchPairs', `expected a size in whole pixels from 1, got ${size}`);
  check(
    Number.isInteger(distance) && distance >= 0,
    'patchPairs',
    `expected a distance in whole pixels from 0, got ${distance}`,
  );
  check(areas.length > 0, 'patchPairs', `expected images in the split '${split}' of ${set.name}, got none`);
  const needed = size + distance;
  const small = areas.find(({height, width}) => Math.min(height, width) < needed);
  check(
    small === undefined,
    'patchPairs',
    `expected images of at least ${needed} × ${needed} pixels for patches of ${size} that lie ` +
      `${distance} apart, got ${small?.height} × ${small?.width} of ` +
      `"${set.images[small?.image ?? 0]?.name}"; choose a smaller distance or leave such images out`,
  );
  const count =
    pairs ?? areas.reduce((sum, {height, width}) => sum + Math.floor(height / size) * Math.floor(width / size), 0);
  whole('patchPairs', 'pairs', count);
  const ends: number[] = []; // places up to and with each area
  for (const {height, width} of areas) ends.push((ends.at(-1) ?? 0) + (height - needed + 1) * (width - needed + 1));
  const plain = normalize(set);
  const {first: firstView, second: secondView} = recipe ?? {first: plain, second: plain};
  const type = {dtype: 'uint8' as const, shape: [null, size, size, 3]};
  return {
    size: count,
    host: {
      inputs: {first: type, second: type},
      draw({length: n}, seed) {
        const next = numbers(seed);
        const [first, second] = [new Uint8Array(n * size * size * 3), new Uint8Array(n * size * size * 3)];
        for (let i = 0; i < n; i++) {
          const place = Math.floor(next() * ends.at(-1)!);
          const area = areas[ends.findIndex(end => place < end)]!;
          const [y, x] = [
            Math.floor(next() * (area.height - needed + 1)),
            Math.floor(next() * (area.width - needed + 1)),
          ];
          cut(set, area, [y, x], size, first.subarray(i * size * size * 3));
          cut(set, area, [y + distance, x + distance], size, second.subarray(i * size * size * 3));
        }
        return {
          first: bytes(first, [n, size, size, 3]) as tf.Tensor4D,
          second: bytes(second, [n, size, size, 3]) as tf.Tensor4D,
        };
      },
    },
    batch: (index, key, {first, second}) =>
      tf.tidy(() => {
        const [a, b] = splitKey(key, 2);
        return {first: firstView(shares(first), a!), second: secondView(shares(second), b!), index: index.clone()};
      }),
    dispose() {},
  };
}

/** Copies the patch at (y, x) of the area into the start of `into`. */
function cut(
  {images}: LargeImages,
  {image, top, left}: LargeArea,
  [y, x]: readonly [number, number],
  size: number,
  into: Uint8Array,
): void {
  const {pixels, width} = images[image]!;
  for (let row = 0; row < size; row++) {
    const from = ((top + y + row) * width + left + x) * 3;
    into.set(pixels.subarray(from, from + size * 3), row * size * 3);
  }
}
