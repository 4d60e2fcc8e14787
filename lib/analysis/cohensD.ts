// How far two groups of runs lie apart, in units of how much the runs of one group differ.
// Cohen 1988, "Statistical Power Analysis for the Behavioral Sciences", ch. 2.

import {check} from '../check';
import {mean} from '../mean';

/**
 * Difference of the means, divided by the pooled standard deviation of the groups.
 *
 * @param a At least two finite numbers each, such as one value per seed.
 * @param b As `a`.
 * @returns For [4, 5, 6] and [1, 2, 3]: 3. Infinite when no group varies and the means differ; 0
 * when they are equal too.
 * @throws RangeError when a group has fewer than two values, or one is not finite.
 */
export function cohensD(a: readonly number[], b: readonly number[]): number {
  for (const values of [a, b])
    check(
      values.length >= 2 && values.every(Number.isFinite),
      'cohensD',
      `expected at least two finite numbers in each group, got [${values}]`,
    );
  const [center, other] = [mean(a), mean(b)];
  const squares = (values: readonly number[], middle: number) =>
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const difference = center - other;
  return difference === 0
    ? 0
    : difference / Math.sqrt((squares(a, center) + squares(b, other)) / (a.length + b.length - 2));
}
