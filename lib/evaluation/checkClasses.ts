// Whether a data set's accuracy can be measured at all: asked before a training, not after it.

import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import {classSizes} from './labeled';
import {labelsAt} from './evaluateEncoder';

/**
 * @throws RangeError naming a class of the validation or test images that has fewer than 2 training
 * images, from which k-NN and probe would learn it.
 */
export function checkClasses(caller: string, dataset: Dataset): void {
  const {
    splits: {train, validation, test},
    classes,
    name,
  } = dataset;
  const sizes = classSizes(labelsAt(dataset, train), classes.length);
  for (const [split, indices] of Object.entries({validation, test})) {
    const rare = labelsAt(dataset, indices).find(label => !(sizes[label]! >= 2));
    check(
      rare === undefined,
      caller,
      `expected at least 2 training images of every class of ${name}, got ${sizes[rare!] ?? 0} of ` +
        `'${classes[rare!] ?? rare}', which ${split} images have: leave the class out, or label more images`,
    );
  }
}
