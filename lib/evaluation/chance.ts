// What is reached without looking at an image.

import {check} from '../check';
import {accuracy, classCount, classSizes} from './labeled';

/**
 * Accuracy of always naming the most frequent training class.
 *
 * @param train Class numbers from 0. Of classes of one size the first is named.
 * @param test As `train`.
 * @returns Share of test images of that class, 0 to 1; 1/k for k classes of equal size.
 * @throws RangeError when a list is empty.
 */
export function chance(train: Int32Array, test: Int32Array): number {
  check(
    train.length >= 1 && test.length >= 1,
    'chance',
    `expected training and test labels, got ${train.length} and ${test.length}`,
  );
  const sizes = classSizes(train, classCount(train));
  return accuracy(new Int32Array(test.length).fill(sizes.indexOf(Math.max(...sizes))), test);
}
