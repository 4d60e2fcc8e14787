import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fold, key, normal, permutation, split, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';

test('the same key gives the same numbers, another key others', () => {
  const [a, b, c] = [
    uniform(key(7), [100]).dataSync(),
    uniform(key(7), [100]).dataSync(),
    uniform(key(8), [100]).dataSync(),
  ];
  assert.deepEqual(a, b);
  assert.notDeepEqual(a, c);
});

test('keys of a split and of folds all differ', () => {
  const k = key(0);
  const keys = [
    ...split(k, 4),
    ...split(fold(k, 'layer1'), 2),
    fold(k, 0),
    fold(k, 1),
    fold(k, tf.scalar(2, 'int32')),
    fold(k, 'conv1'),
    fold(k, 'conv2'),
  ];
  assert.equal(new Set(keys.map(own => own.dataSync().join())).size, keys.length);
  assert.deepEqual(fold(k, 2).dataSync(), fold(k, tf.scalar(2, 'int32')).dataSync());
});

test('moments of uniform and normal numbers', () => {
  const u = uniform(key(1), [100_000], {minimum: -1, maximum: 3});
  assert.ok(Math.abs(u.mean().dataSync()[0]! - 1) < 0.01);
  assert.ok(u.min().dataSync()[0]! >= -1 && u.max().dataSync()[0]! < 3);
  const {mean, variance} = tf.moments(normal(key(2), [100_000]));
  assert.ok(Math.abs(mean.dataSync()[0]!) < 0.01 && Math.abs(variance.dataSync()[0]! - 1) < 0.02);
});

test('a permutation holds every index once', () => {
  const order = permutation(key(3), 1000);
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({length: 1000}, (_, i) => i),
  );
  assert.notDeepEqual([...order], [...permutation(key(4), 1000)]);
});

test('seeds above 32 bits are told apart; a seed that is no whole number is refused', () => {
  assert.notDeepEqual(key(5).dataSync(), key(5 + 2 ** 32).dataSync());
  assert.throws(() => key(1.5), /^RangeError: key: expected a whole seed/);
});
