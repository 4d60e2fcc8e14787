// Sentences of captions and alt texts, and numbers as a person writes them.

import {extent} from 'd3-array';
import type {Plain, Row} from './figure';

/** Those sentences that there is reason for, one after the other. */
export const sentences = (...all: readonly (string | false | null | undefined)[]): string =>
  all.filter(Boolean).join(' ');

/** "1 image", "3 images". */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** "41.1 %" of a value in percent. */
export const percent = (value: number, digits = 1): string => `${value.toFixed(digits)} %`;

/** With a minus that is as wide as a plus: "−0.24". */
export const signed = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');

/** "12,800". */
export const thousands = (value: number): string => value.toLocaleString('en-US');

/** The first letter large. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "mean over 3 seeds", or that there is one. */
export const meanOverText = (seeds: number): string => (seeds > 1 ? `mean over ${seeds} seeds` : 'one seed');

/** Rows of a figure's table, by what they are: 'baseline', 'published'. */
export const rowsOfKind = (kind: string, rows: readonly {readonly [column: string]: Plain}[]): Row[] =>
  rows.map(row => ({kind, ...row}));

/** @returns From the least to the largest finite value. @throws RangeError when there is none. */
export function spanOf(values: Iterable<number>): [least: number, most: number] {
  const [least, most] = extent([...values].filter(Number.isFinite));
  if (least === undefined) throw new RangeError('spanOf: expected at least one finite number, got none');
  return [least, most];
}

/** A range for an axis: all finite values with room at both ends, a share of what they span. */
export function roomyRange(values: Iterable<number>, room: number): [low: number, high: number] {
  const [least, most] = spanOf(values);
  const more = room * (most - least || 1);
  return [least - more, most + more];
}
