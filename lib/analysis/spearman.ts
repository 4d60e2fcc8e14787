// Whether one number rises with another, whatever the shape of the rise.
// Spearman 1904, "The Proof and Measurement of Association between Two Things", American Journal of
// Psychology 15(1).

import {jStat} from 'jstat';
import {check} from '../check';

/**
 * Spearman's rank correlation; ties share their mean rank.
 *
 * @param a At least 3 finite numbers each, in pairs.
 * @param b As `a`.
 * @returns From −1 (one falls whenever the other rises) to 1.
 * @throws RangeError when lengths differ, there are fewer than 3 pairs, one is not finite, or a
 * side does not vary.
 */
export function spearman(a: readonly number[], b: readonly number[]): number {
  check(
    a.length === b.length && a.length >= 3,
    'spearman',
    `expected at least 3 pairs, got ${a.length} and ${b.length} numbers`,
  );
  for (const values of [a, b]) {
    check(values.every(Number.isFinite), 'spearman', `expected finite numbers, got [${values}]`);
    check(new Set(values).size > 1, 'spearman', `expected numbers that vary, got ${values[0]} ${values.length} times`);
  }
  return Math.max(-1, Math.min(1, jStat.spearmancoeff([...a], [...b]))); // rounding passes 1
}
