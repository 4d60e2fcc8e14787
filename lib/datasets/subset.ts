// Fewer images of each split, for runs that take seconds.

import {check} from '../check';
import type {Dataset, Splits} from './dataset';

/**
 * The same data set with splits of at most the given sizes: members evenly spaced, so that classes
 * keep their shares. Splits that are not named stay whole. The images are shared, not copied.
 *
 * @throws RangeError when a size is below 1.
 */
export function subset<D extends Dataset>(dataset: D, sizes: Partial<Record<keyof Splits, number>>): D {
  const splits = Object.fromEntries(
    Object.entries(dataset.splits).map(([name, indices]) => {
      const size = sizes[name as keyof Splits] ?? indices.length;
      check(
        Number.isInteger(size) && size >= 1,
        'subset',
        `expected a whole number of images from 1 for the split ${name}, got ${size}`,
      );
      return [
        name,
        size >= indices.length
          ? indices
          : Int32Array.from({length: size}, (_, i) => indices[Math.floor((i * indices.length) / size)]!),
      ];
    }),
  ) as Splits;
  return {
    ...dataset,
    splits,
    ...(dataset.origin && {origin: {loader: 'subset', options: {sizes}, of: dataset.origin}}),
  };
}
