// The mean of a few runs, and how sure it is.
// Student 1908, "The Probable Error of a Mean", Biometrika 6(1).

import {jStat} from 'jstat';
import {check} from '../check';
import {mean as meanOf} from '../mean';

/** Options of {@link meanInterval}. */
export interface MeanIntervalOptions {
  /** Share of intervals that hold the true mean, between 0 and 1. @default 0.95 */
  level?: number;
}

/** `low` and `high` are NaN for a single value, which says nothing about its spread. */
export type MeanInterval = {mean: number; low: number; high: number; n: number};

/**
 * Mean and t-interval of independent values, such as one accuracy per seed.
 *
 * @param values At least one finite number.
 * @returns For [1, 2, 3]: mean 2, interval 2 ± 4.303 · 1/√3. Of equal values the interval has no
 * width.
 * @throws RangeError when there is no value, one is not finite, or level is not between 0 and 1.
 */
export function meanInterval(values: readonly number[], {level = 0.95}: MeanIntervalOptions = {}): MeanInterval {
  const n = values.length;
  check(
    n >= 1 && values.every(Number.isFinite),
    'meanInterval',
    `expected at least one finite number, got [${values}]`,
  );
  check(level > 0 && level < 1, 'meanInterval', `expected a level between 0 and 1, got ${level}`);
  const mean = meanOf(values);
  if (n === 1) return {mean, low: NaN, high: NaN, n};
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = jStat.studentt.inv((1 + level) / 2, n - 1) * Math.sqrt(variance / n);
  return {mean, low: mean - half, high: mean + half, n};
}
