// Runs that differ only by their seed taken together: the rows of a study as the points of its
// curve.

import {check} from '../check';
import {meanInterval, type MeanInterval} from './meanInterval';

/**
 * One place of a dial: its value, how many runs stand there, and mean and t-interval of each
 * measure over them.
 */
export type Means<Name extends string> = {value: number; n: number} & Record<Name, MeanInterval>;

/**
 * Mean and 95 % t-interval of each measure over the rows that share a value of the dial.
 *
 * @param rows At least one.
 * @param dial What the rows are grouped by: a temperature, a mask ratio.
 * @param measures What is averaged, by name.
 * @returns One entry a value, ascending.
 * @throws RangeError when there is no row, or a measure is not finite.
 */
export function meansBy<Row, Name extends string>(
  rows: readonly Row[],
  dial: (row: Row) => number,
  measures: Record<Name, (row: Row) => number>,
): Means<Name>[] {
  check(rows.length >= 1, 'meansBy', 'expected at least one row, got none');
  const values = [...new Set(rows.map(dial))].sort((a, b) => a - b);
  return values.map(value => {
    const group = rows.filter(row => dial(row) === value);
    const means = Object.entries<(row: Row) => number>(measures).map(([name, measure]) => [
      name,
      meanInterval(group.map(measure)),
    ]);
    return {value, n: group.length, ...Object.fromEntries(means)} as Means<Name>;
  });
}

/**
 * "38.0 ± 1.2": the mean and half the width of its interval; the mean alone where a single value
 * has none.
 */
export function intervalText({mean, low, high}: MeanInterval, digits = 1): string {
  const spread = Number.isFinite(low) ? ` ± ${((high - low) / 2).toFixed(digits)}` : '';
  return `${mean.toFixed(digits).replace('-', '−')}${spread}`;
}
