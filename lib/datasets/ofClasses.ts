// Some classes of a data set alone: few enough to be told apart by eye.

import {check} from '../check';
import type {Dataset} from './dataset';

/**
 * The same data set with splits that hold images of these classes only, also the one for
 * pre-training; classes are numbered in the order of `names`. The images are shared, not copied.
 *
 * @param names Of at least one class, each once.
 * @throws RangeError when a name is none of the data set's, or comes twice, or a split is left
 * without images.
 */
export function ofClasses<D extends Dataset>(dataset: D, names: readonly string[]): D {
  check(
    names.length >= 1 && new Set(names).size === names.length,
    'ofClasses',
    `expected names of classes, each once, got ${names.join(', ') || 'none'}`,
  );
  const numbers = names.map(name => dataset.classes.indexOf(name));
  const unknown = names.find((_, i) => numbers[i]! < 0);
  check(
    unknown === undefined,
    'ofClasses',
    `expected classes of ${dataset.name} (${dataset.classes.join(', ')}), got ${unknown}`,
  );
  // −1: of another class, or of none
  const labels = dataset.labels.map(label => numbers.indexOf(label));
  const splits = Object.fromEntries(
    Object.entries(dataset.splits).map(([name, indices]: [string, Int32Array]) => {
      const kept = indices.filter(index => labels[index]! >= 0);
      check(
        kept.length >= 1,
        'ofClasses',
        `expected images of ${names.join(', ')} in the split ${name} of ${dataset.name}, got none`,
      );
      return [name, kept];
    }),
  );
  return {
    ...dataset,
    labels,
    classes: [...names],
    splits,
    ...(dataset.origin && {origin: {loader: 'ofClasses', options: {names: [...names]}, of: dataset.origin}}),
  };
}
