import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ofClasses} from '../../lib/datasets/ofClasses';
import {tinyDataset} from '../study/tinyDataset';

test('splits hold images of the classes alone, numbered in the order of their names', () => {
  const dataset = tinyDataset();
  const {splits, labels, classes, images} = ofClasses(dataset, ['yellow', 'red']);
  assert.deepEqual(classes, ['yellow', 'red']);
  for (const [name, indices] of Object.entries(splits) as [keyof typeof splits, Int32Array][]) {
    assert.equal(indices.length, dataset.splits[name].length / 2, name);
    for (const index of indices) assert.equal(classes[labels[index]!], dataset.classes[dataset.labels[index]!]);
  }
  assert.deepEqual([...labels.slice(0, 4)], [1, -1, -1, 0]);
  assert.equal(images, dataset.images);
  assert.deepEqual([...dataset.labels.slice(0, 4)], [0, 1, 2, 3]);
});

test('names that are not there, come twice, or leave a split empty are refused', () => {
  const dataset = tinyDataset();
  assert.throws(
    () => ofClasses(dataset, ['red', 'purple']),
    /^RangeError: ofClasses: expected classes of tiny \(red, green, blue, yellow\), got purple/,
  );
  assert.throws(
    () => ofClasses(dataset, ['red', 'red']),
    /^RangeError: ofClasses: expected names of classes, each once, got red, red/,
  );
  assert.throws(() => ofClasses(dataset, []), /^RangeError: ofClasses: expected names of classes, each once, got none/);
  const reds = Int32Array.of(160, 164);
  assert.throws(
    () => ofClasses({...dataset, splits: {...dataset.splits, test: reds}}, ['green']),
    /^RangeError: ofClasses: expected images of green in the split test of tiny, got none/,
  );
});
