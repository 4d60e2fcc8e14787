import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {compose} from '../../lib/views/compose';
import type {View} from '../../lib/views/view';
import {close} from '../close';

const noise: View = (images, k) => tf.tidy(() => images.add(uniform(k, images.shape)));

test('views follow each other in the order written', () => {
  const view = compose({double: x => x.mul(2), plusOne: x => x.add(1)});
  assert.deepEqual([...view(tf.ones([1, 1, 1, 1]), key(0)).dataSync()], [3]);
  assert.deepEqual([...compose({})(tf.ones([1, 1, 1, 1]), key(0)).dataSync()], [1]);
});

test('what a view draws depends on its name alone: neither on what stands before it nor on what comes after', () => {
  const images = tf.zeros([2, 3, 3, 1]) as tf.Tensor4D;
  const [a, b] = [compose({a: noise})(images, key(1)), compose({b: noise})(images, key(1))];
  assert.notDeepEqual(a.dataSync(), b.dataSync());
  close(compose({a: noise, same: x => x.clone(), b: noise})(images, key(1)).dataSync(), a.add(b).dataSync(), 1e-6);
  close(compose({b: noise, a: noise})(images, key(1)).dataSync(), a.add(b).dataSync(), 1e-6);
});

test('returns a new tensor and leaves no other behind', () => {
  const images = tf.zeros([2, 3, 3, 1]) as tf.Tensor4D;
  const k = key(1);
  const before = tf.memory().numTensors;
  const result = compose({a: noise, b: noise})(images, k);
  assert.equal(tf.memory().numTensors, before + 1);
  result.dispose();
  compose({})(images, k).dispose();
  assert.deepEqual([...images.dataSync()], Array(18).fill(0));
});

test('numbers as names are refused: JavaScript would reorder them', () => {
  assert.throws(
    () => compose({b: noise, 1: noise}),
    /^RangeError: compose: expected names that are no numbers, got 1, b/,
  );
});
