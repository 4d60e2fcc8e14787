import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Dataset} from '../../lib/datasets/dataset';
import {subset} from '../../lib/datasets/subset';

const range = (from: number, to: number) => Int32Array.from({length: to - from}, (_, i) => from + i);
const dataset = {
  name: 'toy',
  images: new Uint8Array(40),
  shape: [40, 1, 1, 1],
  labels: range(0, 40),
  splits: {pretrain: range(0, 30), train: range(0, 20), validation: range(20, 30), test: range(30, 40)},
} as unknown as Dataset;

test('splits get smaller evenly, others stay whole, images are shared', () => {
  const small = subset(dataset, {pretrain: 3, train: 5, test: 100});
  assert.deepEqual([...small.splits.pretrain], [0, 10, 20]);
  assert.deepEqual([...small.splits.train], [0, 4, 8, 12, 16]);
  assert.equal(small.splits.test.length, 10);
  assert.equal(small.splits.validation, dataset.splits.validation);
  assert.equal(small.images, dataset.images);
});

test('an empty split is refused', () => {
  assert.throws(
    () => subset(dataset, {train: 0}),
    /^RangeError: subset: expected a whole number of images from 1 for the split train, got 0/,
  );
});
