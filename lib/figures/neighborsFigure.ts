// Images with those that an encoder puts nearest to them: what it takes for alike.

import {check} from '../check';
import type {Figure} from './figure';
import {imageGrid, type GridCell} from './imageGrid';
import type {Picture} from './pictures';
import {capital, sentences} from './texts';

/** An image and its nearest neighbors, the nearest first. Labels are class names. */
export type Neighbors = {query: Picture; neighbors: readonly Picture[]};

export interface NeighborsFigureOptions {
  /** @default 'Nearest neighbors' */
  title?: string;
  /** Whom to credit for the art. */
  credits?: readonly string[];
}

/**
 * One row a query. A neighbor of the query's class has a solid frame, one of another class a dotted
 * frame and ≠.
 *
 * @throws RangeError when there is no query, or queries have different numbers of neighbors.
 */
export function neighborsFigure(
  queries: readonly Neighbors[],
  {title = 'Nearest neighbors', credits}: NeighborsFigureOptions = {},
): Figure {
  check(queries.length > 0, 'neighborsFigure', 'expected at least one query, got none');
  const numbers = queries.map(({neighbors}) => neighbors.length);
  const [k = 0] = numbers;
  const even = numbers.every(number => number === k);
  check(even, 'neighborsFigure', `expected ${k} neighbors of each query, got ${numbers}`);
  const cells = queries.map(({query, neighbors}) => [query, ...neighbors.map(picture => judged(picture, query))]);
  const verdicts = cells.flat().flatMap(({verdict}: GridCell) => verdict ?? []);
  const right = verdicts.filter(verdict => verdict === 'right').length;
  const share = verdicts.length
    ? `${right} of ${verdicts.length} neighbors shown are of the query's class`
    : 'no classes known';
  return imageGrid(cells, {
    title,
    credits,
    name: 'neighbors',
    subtitle: share,
    columns: ['query', ...Array.from({length: k}, (_, i) => (i === 0 ? 'nearest' : `${i + 1}.`))],
    caption: sentences(
      `${title}: each row shows an image and its ${k} nearest neighbors by cosine similarity.`,
      `${capital(share)}; n = ${queries.length} queries are too few to judge by.`,
    ),
  });
}

/** Right where it is of the query's class; not judged where one of them has none. */
function judged(picture: Picture, query: Picture): GridCell {
  if (query.label === undefined || picture.label === undefined) return picture;
  return {...picture, verdict: picture.label === query.label ? 'right' : 'wrong'};
}
