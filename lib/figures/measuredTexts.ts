// What figures of measured trainings say beside their pictures.

import {check} from '../check';
import type {Accuracies} from '../evaluation/accuracies';
import type {EncoderRow} from '../study/encoderRun';
import type {Row} from './figure';
import {distinct, grouped} from './grouped';

export const accuracyNames = {
  knn: 'k-NN on the embedding', knnProjection: 'k-NN on the projection',
  linear: 'a linear probe on the embedding', linearProjection: 'a linear probe on the projection',
} as const satisfies Record<keyof Accuracies, string>;

/** What all rows share. @throws RangeError when they do not. */
export function oneOf<Row, T extends string>(caller: string, name: string, rows: readonly Row[], of: (row: Row) => T): T {
  const values = distinct(rows.map(of));
  check(values.length === 1, caller, `expected rows of one ${name}, got ${values.join(', ')}`);
  return values[0]!;
}

/** "n = 15 runs: 5 settings, 3 seeds each"; `setting` is what runs of several seeds have in common. */
export function countsText<Row>(rows: readonly Row[], setting: (row: Row) => string): string {
  const counts = [...grouped(rows, setting).values()].map(({length}) => length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `n = ${rows.length} runs: ${counts.length} setting${counts.length === 1 ? '' : 's'}, ${least === most ? most : `${least} to ${most}`} seed${most === 1 ? '' : 's'} each`;
}

/** Whether a spread is known, and how it is drawn. */
export function seedsText(rows: readonly {seed: number}[]): string {
  const {length} = distinct(rows.map(row => row.seed));
  return length > 1 ? `${length} seeds: every one a small point; mean with 95 % t-interval` : 'one seed: no spread known';
}

/** Protocol, epochs, minutes, machine. */
export function provenanceText(rows: readonly EncoderRow<unknown>[]): string {
  const minutes = Math.round(rows.reduce((sum, row) => sum + row.minutes, 0));
  const all = (of: (row: EncoderRow<unknown>) => string | number, between: string) => distinct(rows.map(of)).join(between);
  return `Protocol: ${all(row => row.protocol, ' | ')}. ${all(row => row.epochs, ', ')} epochs; ${minutes} minutes in all on ${all(row => row.device, ' | ')}.`;
}

/** What of a row is too long for a table, or has columns of its own there. */
const long = ['positiveSimilarities', 'negativeSimilarities', 'nearestSimilarities', 'pushShares', 'hits', 'course', 'settings'];

/** A row for a table: without histograms, single hits, the course and settings. */
export function tableRow(row: EncoderRow<unknown>): Row {
  return {kind: 'measured', ...Object.fromEntries(Object.entries(row).filter(([name]) => !long.includes(name))), finalLoss: row.course.at(-1)?.loss ?? null};
}
