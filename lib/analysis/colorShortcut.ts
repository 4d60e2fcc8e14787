// How far an encoder gets that sees nothing but which colors a view has: the shortcut that color
// jitter closes. Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual
// Representations", arXiv:2002.05709, sec. 3.2.

import {check} from '../check';
import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';
import {colorHistogram, type ColorHistogramOptions} from './colorHistogram';
import {histogramIntersection} from './histogramIntersection';

const MINIMUM = 8;
/** Equal bins from 0 to 1 of the intersections. */
const BINS = 20;

/** Options of {@link colorShortcut}. */
export interface ColorShortcutOptions extends ColorHistogramOptions {
  signal?: AbortSignal;
}

/** How often colors alone find an image's other view. */
export type ColorShortcut = {
  /**
   * Share of the first views whose colors have most in common with the second view of their own
   * image; where k views share the first place, the right one among them counts 1/k.
   */
  found: number;
  /**
   * Mean intersection of the color histograms of two views of one image, and of different images.
   */
  same: number;
  different: number;
  /** Shares of pairs in 20 equal bins of the intersection from 0 to 1. */
  sameShares: number[];
  differentShares: number[];
};

/**
 * Intersections of color histograms between first and second views.
 *
 * @param first Views [n, h, w, c] in [0, 1], n ≥ 8; row i of both shows image i.
 * @param second As `first`.
 * @returns Chance for `found` is 1/n: what views without any color of their own give.
 * @throws RangeError when the shapes differ or n < 8; the signal's reason.
 */
export async function colorShortcut(
  first: tf.Tensor4D,
  second: tf.Tensor4D,
  {signal, ...options}: ColorShortcutOptions = {},
): Promise<ColorShortcut> {
  const [n] = first.shape;
  check(
    `${first.shape}` === `${second.shape}`,
    'colorShortcut',
    `expected two views of one shape [n, h, w, c], got [${first.shape}] and [${second.shape}]`,
  );
  check(n >= MINIMUM, 'colorShortcut', `expected at least ${MINIMUM} pairs of views, got ${n}`);
  await macrotask(signal);
  const intersections = tf.tidy(() =>
    histogramIntersection(colorHistogram(first, options), colorHistogram(second, options)),
  ); // [n, n]
  const values = intersections.dataSync<'float32'>();
  intersections.dispose();
  let [found, same, different] = [0, 0, 0];
  const [sameShares, differentShares] = [new Array<number>(BINS).fill(0), new Array<number>(BINS).fill(0)];
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * n, (i + 1) * n);
    const most = row.reduce((a, b) => Math.max(a, b));
    if (row[i] === most) found += 1 / (n * row.filter(value => value === most).length);
    row.forEach((value, j) => {
      const bin = Math.min(BINS - 1, Math.floor(value * BINS));
      if (i === j) {
        same += value / n;
        sameShares[bin]! += 1 / n;
      } else {
        different += value / (n * (n - 1));
        differentShares[bin]! += 1 / (n * (n - 1));
      }
    });
  }
  return {found, same, different, sameShares, differentShares};
}
