// What figures of measured trainings say beside their pictures.

import {rollups, sum} from 'd3-array';
import {check} from '../check';
import type {Accuracies} from '../evaluation/accuracies';
import type {EncoderRow} from '../study/encoderRun';
import type {Row} from './figure';
import {distinct} from './distinct';
import {count, spanOf} from './texts';

export const accuracyNames = {
  knn: 'k-NN on the embedding',
  knnProjection: 'k-NN on the projection',
  linear: 'a linear probe on the embedding',
  linearProjection: 'a linear probe on the projection',
} as const satisfies Record<keyof Accuracies, string>;

/** What is measured of projections beside accuracies, for captions. */
export const projectionMeasures = 'uniformity (−log E exp(−2‖x − y‖²)) and tolerance (mean cosine of same-class pairs)';

/** What all rows share. @throws RangeError when they do not. */
export function oneOf<Measured, T extends string>(
  caller: string,
  name: string,
  rows: readonly Measured[],
  of: (row: Measured) => T,
): T {
  const values = distinct(rows.map(of));
  check(values.length === 1, caller, `expected rows of one ${name}, got ${values.join(', ')}`);
  return values[0]!;
}

/**
 * "n = 15 runs: 5 settings, 3 seeds each"; `setting` is what runs of several seeds have in common.
 */
export function countsText<Measured>(rows: readonly Measured[], setting: (row: Measured) => string): string {
  const counts = rollups(rows, ({length}) => length, setting).map(([, seeds]) => seeds);
  const [least, most] = spanOf(counts);
  const seeds = `${least === most ? '' : `${least} to `}${count(most, 'seed')}`;
  return `n = ${rows.length} runs: ${count(counts.length, 'setting')}, ${seeds} each`;
}

/** What bars of means stand for. */
export const BARS = 'bars are 95 % t-intervals of the mean over seeds';

/** Whether a spread is known, and how it is drawn. */
export function seedsText(rows: readonly {seed: number}[]): string {
  const {length} = distinct(rows.map(row => row.seed));
  if (length === 1) return 'one seed: no spread known';
  return `${length} seeds: every one a small point; mean with 95 % t-interval`;
}

/** Protocol, epochs, minutes, machine. */
export function provenanceText(rows: readonly EncoderRow<unknown>[]): string {
  const all = (of: (row: EncoderRow<unknown>) => string | number, between: string) =>
    distinct(rows.map(of)).join(between);
  const minutes = Math.round(sum(rows, row => row.minutes));
  const protocols = all(row => row.protocol, ' | ');
  const devices = all(row => row.device, ' | ');
  return `Protocol: ${protocols}. ${all(row => row.epochs, ', ')} epochs; ${minutes} minutes in all on ${devices}.`;
}

/** What of a row is too long for a table, or has columns of its own there. */
const long = [
  'positiveSimilarities',
  'negativeSimilarities',
  'nearestSimilarities',
  'pushShares',
  'hits',
  'course',
  'settings',
];

/** A row for a table: without histograms, single hits, the course and settings. */
export function tableRow(row: EncoderRow<unknown>): Row {
  return {
    kind: 'measured',
    ...Object.fromEntries(Object.entries(row).filter(([name]) => !long.includes(name))),
    finalLoss: row.course.at(-1)?.loss ?? null,
  };
}
