import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nearestPictures} from '../../lib/figures/nearestPictures';
import {tinyDataset} from '../study/tinyDataset';

const dataset = tinyDataset();
const label = (i: number) => dataset.classes[dataset.labels[i]!];

test('rows of the bank become images of the data set', async () => {
  const [query, bank] = [Int32Array.of(3, 4), Int32Array.of(10, 11, 12)];
  const found = await nearestPictures(
    dataset,
    {k: 2, indices: Int32Array.of(2, 0, 1, 2), similarities: new Float32Array(4)},
    {query, bank},
  );
  assert.deepEqual(
    found.map(({query: asked, neighbors}) => [asked.label, ...neighbors.map(picture => picture.label)]),
    [
      [label(3), label(12), label(10)],
      [label(4), label(11), label(12)],
    ],
  );
});

test('other numbers of queries, and rows outside the bank, are refused', async () => {
  const nearest = {k: 2, indices: Int32Array.of(0, 5), similarities: new Float32Array(2)};
  await assert.rejects(
    nearestPictures(dataset, nearest, {query: Int32Array.of(1, 2), bank: Int32Array.of(1)}),
    /^RangeError: nearestPictures: expected the neighbors of 2 queries, got those of 1/,
  );
  await assert.rejects(
    nearestPictures(dataset, nearest, {query: Int32Array.of(1), bank: Int32Array.of(1)}),
    /^RangeError: nearestPictures: expected rows of a bank of 1 images, got 5/,
  );
});
