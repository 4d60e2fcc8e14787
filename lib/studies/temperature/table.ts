// The study's numbers as the paper prints them: a column for each loss and temperature, a line for
// each measure. Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss",
// arXiv:2012.09740, Table 1.

import {groups} from 'd3-array';
import {meanInterval} from '../../analysis/meanInterval';
import {intervalText} from '../../analysis/meansBy';
import type {Accuracies} from '../../evaluation/accuracies';
import type {PublishedTemperatureRow} from './published';
import type {TemperatureRow} from './study';
import type {Row} from '../../figures/figure';
import {lossTitles} from './lossTitles';

export interface TemperatureTableOptions {
  /** Of our rows; published ones have one. @default 'linear' */
  accuracy?: keyof Accuracies;
}

type Either = TemperatureRow | PublishedTemperatureRow;

type Measure = {name: string; digits: number; of(row: Either): number | undefined};

/**
 * Three lines for each data set: accuracy in percent, uniformity, tolerance; of several seeds the
 * mean and half of its 95 % t-interval. For `show`.
 */
export function temperatureTable(rows: readonly Either[], {accuracy = 'linear'}: TemperatureTableOptions = {}): Row[] {
  const measures: Measure[] = [
    {name: 'accuracy (%)', digits: 1, of: row => 100 * ('last' in row ? row.last[accuracy] : row.accuracy)},
    {name: 'uniformity', digits: 2, of: row => row.uniformity},
    {name: 'tolerance', digits: 2, of: row => row.tolerance},
  ];
  return groups(rows, row => row.dataset).flatMap(([dataset, some]) =>
    measures.map(({name, digits, of}): Row => {
      const columns = groups(some, columnOf).map(([column, group]) => {
        const values = group.map(of).filter(value => value !== undefined);
        return [column, values.length > 0 ? intervalText(meanInterval(values), digits) : ''];
      });
      return {'data set': dataset, measure: name, ...Object.fromEntries(columns)};
    }),
  );
}

const columnOf = (row: Either): string => {
  const τ = row.temperature ?? ('schedule' in row ? row.schedule : null);
  return `${lossTitles[row.loss]}${τ === null ? '' : `, τ ${τ}`}`;
};
