// The pictures behind a list of nearest neighbors.

import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import type {Neighbors as Nearest} from '../evaluation/neighbors';
import type {Neighbors} from './neighborsFigure';
import {datasetPictures} from './pictures';

/**
 * @param nearest Of each query the rows of the bank that lie nearest, as `neighbors` finds them.
 * @param images Indices into the data set: of the queries, and of the bank's rows.
 * @returns What `neighborsFigure` draws: one entry for each query.
 * @throws RangeError when there are other numbers of queries, or a neighbor is outside the bank.
 */
export async function nearestPictures(
  dataset: Dataset,
  {k, indices}: Nearest,
  {query, bank}: {query: Int32Array; bank: Int32Array},
): Promise<Neighbors[]> {
  const all = indices.length === k * query.length;
  check(
    all,
    'nearestPictures',
    `expected the neighbors of ${query.length} queries, got those of ${indices.length / k}`,
  );
  const outside = indices.find(row => row >= bank.length);
  check(outside === undefined, 'nearestPictures', `expected rows of a bank of ${bank.length} images, got ${outside}`);
  const queries = await datasetPictures(dataset, query);
  const found = await datasetPictures(
    dataset,
    indices.map(row => bank[row]!),
  );
  return queries.map((picture, i) => ({query: picture, neighbors: found.slice(i * k, (i + 1) * k)}));
}
