// The answers to the three questions in a table, beside what they should be.
// Song & Ermon 2020 (SMILE), arXiv:1910.06222.

import {meanInterval} from '../../analysis/meanInterval';
import {intervalText} from '../../analysis/meansBy';
import type {SelfConsistencyRow} from './selfConsistency';
import {groups} from 'd3-array';

/**
 * A line an estimator, means over seeds and half of their 95 % t-intervals: of independent
 * variables (0), of functions (1 times as much), of two pairs (2 times as much).
 */
export function selfConsistencyTable(rows: readonly SelfConsistencyRow[]): Record<string, string>[] {
  const text = (values: readonly number[]) => intervalText(meanInterval(values), 2);
  return groups(rows, row => row.title).map(([estimator, group]) => ({
    estimator,
    [`of ${group[0]!.information} nats`]: text(group.map(row => row.plain)),
    'independent: 0 nats': text(group.map(row => row.independent)),
    'functions of both: × 1': text(group.map(row => row.processing)),
    'two pairs: × 2': text(group.map(row => row.additivity)),
  }));
}
