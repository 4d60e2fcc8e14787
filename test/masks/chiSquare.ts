// Whether two sets of counts may come of one distribution: Pearson's chi-square test of
// homogeneity.

import {jStat} from 'jstat';

export type Counts = Record<string, number>;

export function countsOf(values: Iterable<string | number>): Counts {
  const counts: Counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/**
 * @returns The share of pairs of samples of one distribution that differ by more than these. What
 * is seen fewer than 20 times in both together is counted as one.
 */
export function sameDistribution(ours: Counts, theirs: Counts): number {
  const total = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const [n, m] = [total(ours), total(theirs)];
  const rare: [number, number] = [0, 0];
  const pairs: [number, number][] = [];
  for (const value of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const [a, b] = [ours[value] ?? 0, theirs[value] ?? 0];
    if (a + b >= 20) pairs.push([a, b]);
    else {
      rare[0] += a;
      rare[1] += b;
    }
  }
  if (rare[0] + rare[1] >= 20) pairs.push(rare);
  if (pairs.length < 2)
    throw new RangeError(`sameDistribution: expected at least two values that are seen often, got ${pairs.length}`);
  const statistic = pairs.reduce(
    (sum, [a, b]) => sum + (a * Math.sqrt(m / n) - b * Math.sqrt(n / m)) ** 2 / (a + b),
    0,
  );
  return 1 - jStat.chisquare.cdf(statistic, pairs.length - 1);
}
