// What trained critics say of Gaussians of 20 dimensions: the truth that estimators are held to.

import type {EstimatorSettings} from '../../lib/information/estimator';
import {estimatorStudy, type EstimatorRow} from '../../lib/trials/estimators/trials';

/**
 * Three seeds at 2 and 4 nats: steps of 256 pairs with the critic that can become the best one;
 * means over the last 300.
 */
export async function gaussianRows(estimator: EstimatorSettings, {steps = 1000} = {}): Promise<EstimatorRow[]> {
  const rows: EstimatorRow[] = [];
  for await (const row of estimatorStudy({
    estimators: [estimator],
    information: [2, 4],
    batches: [256],
    seeds: [0, 1, 2],
    critic: 'quadratic',
    steps,
    last: 300,
    rate: 1e-2,
    schedule: {name: 'cosine', warmup: 0.02},
  }))
    rows.push(row);
  return rows;
}

export const meanAt = (
  rows: readonly EstimatorRow[],
  information: number,
  of: (row: EstimatorRow) => number = row => row.mean,
): number => {
  const values = rows.filter(row => row.information === information).map(of);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};
