// Numbers of published rows as the pages print them. Differences are taken seed by seed.

import {meanInterval, type MeanInterval} from '../../lib/analysis/meanInterval';
import {check} from '../../lib/check';

/** Of each row a number; undefined where it has none. */
export type Measure<Row> = (row: Row) => number;

export const meanOf = <Row>(rows: readonly Row[], measure: Measure<Row>): number =>
  meanInterval(rows.map(measure)).mean;

/** A share in percent, without the sign: 0.4462 is '44.6'. */
export const percent = (share: number): string => signed((100 * share).toFixed(1));

/** Differences of shares in points, without the unit. */
export const points = percent;

/** '41.2 to 41.9', or the one number when both are printed alike. */
export function rangeText(values: readonly number[], text: (value: number) => string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(text);
  return least === most ? `${least}` : `${least} to ${most}`;
}

/** '2.1 to 4.7': from the least to the greatest mean. */
export const meansText = (intervals: readonly {mean: number}[], text: (value: number) => string): string =>
  rangeText(
    intervals.map(({mean}) => mean),
    text,
  );

/**
 * `measure` of `rows` minus that of `others`, over the seeds that both have.
 * @throws RangeError when they share none.
 */
export function difference<Row extends {seed: number | null}, Other extends {seed: number | null}>(
  rows: readonly Row[],
  others: readonly Other[],
  measure: (row: Row | Other) => number,
): MeanInterval {
  const pairs = rows.flatMap(row =>
    others.filter(({seed}) => seed === row.seed).map(other => measure(row) - measure(other)),
  );
  check(pairs.length > 0, 'difference', 'expected runs of the same seeds, got none');
  return meanInterval(pairs);
}

/**
 * '7.1 points (5.1 to 9.1)': the size of a difference and its 95 % interval over seeds, both
 * without the sign of the mean.
 */
export function pointsText({mean, low, high}: MeanInterval): string {
  const [from, to] = mean < 0 ? [-high, -low] : [low, high];
  return `${points(Math.abs(mean))} points (${points(from)} to ${points(to)})`;
}

/**
 * `sentence`, which says that `holds`.
 * @throws RangeError when the published rows no longer say so: then the sentence must be rewritten.
 */
export function claim(holds: boolean, sentence: string): string {
  check(holds, 'claim', `expected published rows for which this holds, got others: "${sentence}"`);
  return sentence;
}

/** Rows by what `name` says of them, in the order of their first. */
export function grouped<Row>(rows: readonly Row[], name: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(name(row), [...(groups.get(name(row)) ?? []), row]);
  return groups;
}

/** The rows that `groups` has under a name. @throws RangeError when there are none. */
export function of<Row>(groups: ReadonlyMap<string, Row[]>, name: string): Row[] {
  const rows = groups.get(name);
  check(rows !== undefined, 'of', `expected one of ${[...groups.keys()].join(', ')}, got ${name}`);
  return rows;
}

const words = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
];

/** Small whole numbers as words. */
export const word = (count: number): string => words[count] ?? String(count);
export const Word = (count: number): string => word(count).replace(/^./, letter => letter.toUpperCase());

const signed = (text: string) => text.replace('-', '−');
