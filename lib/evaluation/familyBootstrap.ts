// How sure an accuracy is when test images come in families: whole families are drawn again, since
// drawings of one emoji succeed or fail together. Efron 1979, "Bootstrap Methods: Another Look at
// the Jackknife", Annals of Statistics 7(1); Field & Welsh 2007, "Bootstrapping clustered data",
// JRSS B 69(3).

import {quantile} from 'd3-array';
import {check, whole} from '../check';
import {fold, key, uniform} from '../engine/random';
import {tf} from '../engine/tf';

/** Options of {@link familyBootstrap}. */
export interface FamilyBootstrapOptions {
  /** Draws. @default 2000 */
  resamples?: number;
  /** Share of intervals that hold the true accuracy, between 0 and 1. @default 0.95 */
  level?: number;
  /** @default 0 */
  seed?: number;
}

/** Families drawn at once. */
const PIECE = 1e6;

/**
 * Percentile interval of the share of `correct`, by drawing as many families as there are, with
 * replacement.
 *
 * @param correct [n] whether each test image was classified rightly; or numbers whose mean is asked
 * for, such as differences of two classifiers' hits.
 * @param families [n] number of the family of each image.
 * @returns Bounds as shares 0 to 1. Where all or none are right both bounds are that share.
 * @throws RangeError when lengths differ, there are fewer than 2 families, or an option is out of
 * range.
 */
export function familyBootstrap(
  correct: ArrayLike<boolean | number>,
  families: Int32Array,
  {resamples = 2000, level = 0.95, seed = 0}: FamilyBootstrapOptions = {},
): {low: number; high: number} {
  check(
    correct.length === families.length,
    'familyBootstrap',
    `expected a family for each of ${correct.length} images, got ${families.length}`,
  );
  whole('familyBootstrap', 'resamples', resamples, 100);
  check(level > 0 && level < 1, 'familyBootstrap', `expected a level between 0 and 1, got ${level}`);
  const sums = new Map<number, {right: number; size: number}>();
  families.forEach((family, i) => {
    const sum = sums.get(family) ?? {right: 0, size: 0};
    sums.set(family, {right: sum.right + Number(correct[i]), size: sum.size + 1});
  });
  const all = [...sums.values()];
  const k = all.length;
  check(k >= 2, 'familyBootstrap', `expected at least 2 families, got ${k}`);
  const shares = new Float64Array(resamples);
  const rows = Math.max(1, Math.floor(PIECE / k));
  for (let start = 0; start < resamples; start += rows) {
    tf.tidy(() => {
      const size = Math.min(rows, resamples - start);
      const drawn = uniform(fold(key(seed), start), [size, k], {maximum: k})
        .floor()
        .minimum(k - 1)
        .dataSync();
      for (let row = 0; row < size; row++) {
        let [right, images] = [0, 0];
        for (let j = row * k; j < (row + 1) * k; j++) {
          right += all[drawn[j]!]!.right;
          images += all[drawn[j]!]!.size;
        }
        shares[start + row] = right / images;
      }
    });
  }
  return {low: quantile(shares, (1 - level) / 2) ?? NaN, high: quantile(shares, (1 + level) / 2) ?? NaN};
}
