import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkClasses} from '../../lib/evaluation/checkClasses';
import {tinyDataset} from '../study/tinyDataset';

test('a class to be found without two training images is named', () => {
  const dataset = tinyDataset();
  checkClasses('study', dataset);
  const train = dataset.splits.train.filter(index => dataset.labels[index] !== 2);
  assert.throws(
    () => checkClasses('study', {...dataset, splits: {...dataset.splits, train}}),
    /^RangeError: study: expected at least 2 training images of every class of tiny, got 0 of 'blue', which validation images have: leave the class out, or label more images/,
  );
  const one = Int32Array.from([...train, dataset.splits.train.find(index => dataset.labels[index] === 2)!]);
  assert.throws(() => checkClasses('study', {...dataset, splits: {...dataset.splits, train: one}}), /got 1 of 'blue'/);
});
