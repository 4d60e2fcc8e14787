import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alignment} from '../../lib/analysis/alignment';
import {uniformity} from '../../lib/analysis/uniformity';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {alignmentUniformity} from '../../lib/losses/alignmentUniformity';
import {close} from '../close';

const [x, y] = [normal(key(1), [12, 4]), normal(key(2), [12, 4])];

test('is the weighted sum of what alignment and uniformity measure', () => {
  const [a, u, v] = [alignment(x, y, {alpha: 3}), uniformity(x, {t: 4}), uniformity(y, {t: 4})].map(
    value => value.dataSync()[0]!,
  );
  close(
    alignmentUniformity(x, y, {alignmentWeight: 2, uniformityWeight: 0.5, alpha: 3, t: 4}).dataSync(),
    [2 * a! - 0.25 * (u! + v!)],
    1e-5,
  );
});

test('0 for points that are all alike, −3.9375 for agreeing views spread evenly in 128 dimensions', () => {
  close(alignmentUniformity(tf.ones([5, 3]), tf.ones([5, 3])).dataSync(), [0], 1e-5);
  const even = normal(key(3), [2000, 128]);
  close(alignmentUniformity(even, even).dataSync(), [-3.9375], 0.01 / 3.9375);
});

test('length does not matter; a zero row and agreeing views have a finite gradient, also at α = 1', () => {
  close(alignmentUniformity(x.mul(3), y.mul(0.2)).dataSync(), alignmentUniformity(x, y).dataSync(), 1e-5);
  const some = tf.concat([tf.zeros([1, 4]), x.slice([1])]) as tf.Tensor2D;
  const gradient = tf
    .grad((projections: tf.Tensor) => alignmentUniformity(projections as tf.Tensor2D, some, {alpha: 1}))(some)
    .dataSync();
  assert.ok(gradient.every(Number.isFinite) && gradient.some(value => value !== 0));
});

test('other shapes, one image, negative weights and powers of 0 are refused', () => {
  assert.throws(
    () => alignmentUniformity(tf.ones([3, 2]), tf.ones([3, 4])),
    /^RangeError: alignmentUniformity: expected two views of one shape \[n, d\], got \[3,2\] and \[3,4\]/,
  );
  assert.throws(
    () => alignmentUniformity(tf.ones([1, 2]), tf.ones([1, 2])),
    /^RangeError: alignmentUniformity: expected at least 2 images, got 1/,
  );
  assert.throws(
    () => alignmentUniformity(x, y, {uniformityWeight: -1}),
    /^RangeError: alignmentUniformity: expected weights ≥ 0, got 1 and -1/,
  );
  assert.throws(
    () => alignmentUniformity(x, y, {t: 0}),
    /^RangeError: alignmentUniformity: expected alpha and t > 0, got 2 and 0/,
  );
});
