// The study's numbers as the paper prints them: a column for each loss and temperature, a line for each measure.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740, Table 1.

import {meanInterval} from '../../analysis/meanInterval';
import {intervalText} from '../../analysis/meansBy';
import type {Accuracies} from '../../evaluation/accuracies';
import type {PublishedTemperatureRow} from './published';
import type {TemperatureRow} from './study';
import type {Row} from '../../figures/figure';
import {grouped} from '../../figures/grouped';
import {lossTitles} from './lossTitles';

export interface TemperatureTableOptions {
  /** Of our rows; published ones have one. @default 'linear' */
  accuracy?: keyof Accuracies;
}

type Either = TemperatureRow | PublishedTemperatureRow;

/** Three lines for each data set: accuracy in percent, uniformity, tolerance; of several seeds the mean and half of its 95 % t-interval. For `show`. */
export function temperatureTable(rows: readonly Either[], {accuracy = 'linear'}: TemperatureTableOptions = {}): Row[] {
  const measures: [name: string, digits: number, of: (row: Either) => number | undefined][] = [
    ['accuracy (%)', 1, row => 100 * ('last' in row ? row.last[accuracy] : row.accuracy)],
    ['uniformity', 2, row => row.uniformity],
    ['tolerance', 2, row => row.tolerance],
  ];
  return [...grouped(rows, row => row.dataset)].flatMap(([dataset, some]) => measures.map(([measure, digits, of]): Row => {
    const columns = [...grouped(some, columnOf)].map(([column, group]) => {
      const values = group.map(of).filter(value => value !== undefined);
      return [column, values.length > 0 ? intervalText(meanInterval(values), digits) : ''];
    });
    return {'data set': dataset, measure, ...Object.fromEntries(columns)};
  }));
}

const columnOf = (row: Either): string => {
  const τ = row.temperature ?? ('schedule' in row ? row.schedule : null);
  return `${lossTitles[row.loss]}${τ === null ? '' : `, τ ${τ}`}`;
};
