import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Dataset} from '../../../lib/datasets/dataset';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {compose} from '../../../lib/views/compose';
import {twoViews} from '../../../lib/views/sources/twoViews';
import type {View} from '../../../lib/views/view';
import {close} from '../../close';

/** Ten images of 2 by 3 pixels; image i is filled with 20 i. */
const dataset: Dataset = {
  name: 'fills',
  images: Uint8Array.from({length: 180}, (_, i) => 20 * Math.floor(i / 18)),
  shape: [10, 2, 3, 3],
  labels: new Int32Array(10),
  classes: ['fill'],
  splits: {
    pretrain: Int32Array.of(9, 1, 4, 6),
    train: Int32Array.of(2, 3),
    validation: new Int32Array(),
    test: Int32Array.of(0),
  },
  mean: [0.5, 0.5, 0.5],
  standardDeviation: [0.1, 0.1, 0.1],
  license: 'CC0-1.0',
  credit: '',
  checksum: '',
};
const noise: View = (images, k) => tf.tidy(() => images.add(uniform(k, images.shape)));
const same = {first: compose({}), second: compose({})};

test('indices are places in the split; bytes become shares of 255', () => {
  const source = twoViews({dataset, recipe: same});
  assert.equal(source.size, 4);
  const {first, second, index} = source.batch(tf.tensor1d([3, 0], 'int32'), key(0), {});
  close(first.dataSync(), [...Array(18).fill(120 / 255), ...Array(18).fill(180 / 255)], 1e-6);
  assert.deepEqual(second.dataSync(), first.dataSync());
  assert.deepEqual([...index.dataSync()], [3, 0]);
  const trainSource = twoViews({dataset, split: 'train', recipe: same});
  close(trainSource.batch(tf.tensor1d([1], 'int32'), key(0), {}).first.dataSync(), Array(18).fill(60 / 255), 1e-6);
});

test('the two views draw from keys of their own, the same key draws the same', () => {
  const source = twoViews({dataset, recipe: {first: noise, second: noise}});
  const indices = tf.tensor1d([0, 1, 2], 'int32');
  const [a, b, other] = [
    source.batch(indices, key(1), {}),
    source.batch(indices, key(1), {}),
    source.batch(indices, key(2), {}),
  ];
  assert.deepEqual([a.first.dataSync(), a.second.dataSync()], [b.first.dataSync(), b.second.dataSync()]);
  assert.notDeepEqual(a.first.dataSync(), a.second.dataSync());
  assert.notDeepEqual(a.first.dataSync(), other.first.dataSync());
});

test('a batch is three tensors and owns them; disposing the source frees its images', () => {
  const before = tf.memory().numTensors;
  const source = twoViews({dataset, recipe: {first: noise, second: noise}});
  const held = tf.memory().numTensors;
  const [indices, k] = [tf.tensor1d([0, 1], 'int32'), key(3)];
  const {first, second, index} = source.batch(indices, k, {});
  assert.equal(tf.memory().numTensors, held + 5);
  tf.dispose([first, second, index]);
  assert.deepEqual([...indices.dataSync()], [0, 1]);
  tf.dispose([indices, k]);
  source.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test('an empty split is refused', () => {
  assert.throws(
    () => twoViews({dataset, split: 'validation', recipe: same}),
    /^RangeError: imageSource: expected images in the split 'validation' of fills, got none/,
  );
});
