// What every strategy asks of its grid and its ratio.

import {check} from '../check';
import type {Grid} from './masks';

/** Tokens of the grid. @throws RangeError when a side is not a whole number from 1. */
export function tokenCount(caller: string, [rows, columns]: Grid): number {
  check(
    Number.isInteger(rows) && Number.isInteger(columns) && rows >= 1 && columns >= 1,
    caller,
    `expected a grid of whole numbers of rows and columns, got ${rows} × ${columns}: the patch must divide the image`,
  );
  return rows * columns;
}

/** @throws RangeError unless the ratio is above 0 and below 1. */
export function checkRatio(caller: string, ratio: number): void {
  check(ratio > 0 && ratio < 1, caller, `expected a ratio of masked tokens above 0 and below 1, got ${ratio}`);
}

/**
 * The bounds of a ratio, equal for a single one.
 * @throws RangeError when one is no share above 0 and below 1, or the larger comes first.
 */
export function ratioBounds(
  caller: string,
  ratio: number | readonly [smallest: number, largest: number],
): readonly [smallest: number, largest: number] {
  const [smallest, largest] = typeof ratio === 'number' ? [ratio, ratio] : ratio;
  for (const bound of [smallest, largest]) checkRatio(caller, bound);
  check(smallest <= largest, caller, `expected a smallest and a largest ratio, got [${smallest}, ${largest}]`);
  return [smallest, largest];
}

/** @throws RangeError unless some of `all` are masked and some kept. */
export function checkMasked(caller: string, ratio: number, masked: number, all: number, what = 'tokens'): void {
  check(
    masked >= 1 && masked < all,
    caller,
    `expected a ratio that masks some and keeps some of ${all} ${what}, got ${ratio}, which masks ${masked}`,
  );
}

/** @throws RangeError unless the probability is above 0 and at most 1. */
export function checkProbability(caller: string, probability: number): void {
  check(
    probability > 0 && probability <= 1,
    caller,
    `expected a probability above 0 and at most 1, got ${probability}`,
  );
}
