// The arithmetic mean.

/**
 * Σ values / n, kept between the least and the largest value, which rounding can leave: [0.1, 0.1,
 * 0.1] add up to 0.30000000000000004. The mean of equal values is exactly that value, and their
 * spread around it exactly 0.
 *
 * @returns NaN of no values.
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  let [sum, least, most] = [0, Infinity, -Infinity];
  for (const value of values) {
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return Math.min(most, Math.max(least, sum / values.length));
}
