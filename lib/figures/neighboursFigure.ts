// Images with those that an encoder puts nearest to them: what it takes for alike.

import {check} from '../check';
import type {Figure} from './figure';
import {imageGrid, type GridCell} from './imageGrid';
import type {Picture} from './pictures';

/** An image and its nearest neighbors, the nearest first. Labels are class names. */
export type Neighbours = {query: Picture; neighbours: readonly Picture[]};

export interface NeighboursFigureOptions {
  /** @default 'Nearest neighbors' */
  title?: string;
  /** Whom to credit for the art. */
  credits?: readonly string[];
}

/**
 * One row a query. A neighbor of the query's class has a solid frame, one of another class a dotted frame and ≠.
 *
 * @throws RangeError when there is no query, or queries have different numbers of neighbors.
 */
export function neighboursFigure(queries: readonly Neighbours[], {title = 'Nearest neighbors', credits}: NeighboursFigureOptions = {}): Figure {
  check(queries.length > 0, 'neighboursFigure', 'expected at least one query, got none');
  const [{neighbours: {length: k}}] = queries as [Neighbours];
  check(queries.every(({neighbours}) => neighbours.length === k), 'neighboursFigure', `expected ${k} neighbors of each query, got ${queries.map(({neighbours}) => neighbours.length)}`);
  const cells = queries.map(({query, neighbours}): GridCell[] => [query, ...neighbours.map((picture): GridCell =>
    (query.label === undefined || picture.label === undefined ? picture : {...picture, verdict: picture.label === query.label ? 'right' : 'wrong'}))]);
  const judged = cells.flatMap(row => row.filter(cell => cell.verdict));
  const right = judged.filter(cell => cell.verdict === 'right').length;
  const share = judged.length ? `${right} of ${judged.length} neighbors shown are of the query's class` : 'no classes known';
  return imageGrid(cells, {
    title, credits, name: 'neighbours', subtitle: share, columns: ['query', ...Array.from({length: k}, (_, i) => (i === 0 ? 'nearest' : `${i + 1}.`))],
    caption: `${title}: each row shows an image and its ${k} nearest neighbors by cosine similarity. ${share[0]!.toUpperCase()}${share.slice(1)}; n = ${queries.length} queries are too few to judge by.`,
  });
}
