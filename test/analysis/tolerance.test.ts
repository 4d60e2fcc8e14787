import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tolerance} from '../../lib/analysis/tolerance';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/analysis.json';
import {classes} from '../reference/classes';
import {rotation} from './rotation';

const {n, d, k} = reference;
const {features, labels} = classes('first', n, d, k);

test('equals the mean over pairs, one by one, in both forms', async () => {
  close((await flat(() => tolerance(features, labels), 1)).dataSync(), [reference.tolerance], 1e-5);
  close(tolerance(features, labels, {literal: true}).dataSync(), [reference.toleranceLiteral], 1e-5);
});

test('1 if each class is one point, −1/(n − 1) if one surrounds its center; the literal form has a ceiling', () => {
  // the share of pairs of the same class, which it cannot pass
  const points = tf.tile(
    tf.tensor2d([
      [1, 0],
      [0, 1],
    ]),
    [10, 1],
  ) as tf.Tensor2D;
  const classesOf = Int32Array.from({length: 20}, (_, i) => i % 2);
  close(tolerance(points, classesOf).dataSync(), [1], 1e-5);
  close(tolerance(points, classesOf, {literal: true}).dataSync(), [(2 * 45) / 190], 1e-5);
  const simplex = tf.eye(16).sub(1 / 16) as tf.Tensor2D;
  close(tolerance(simplex, new Int32Array(16)).dataSync(), [-1 / 15], 1e-4);
});

test('length, rotation and names of classes do not matter', () => {
  const turned = tf.matMul(features, rotation(d)).mul(5) as tf.Tensor2D;
  close(
    tolerance(
      turned,
      labels.map(label => 2 * (k - label)),
    ).dataSync(),
    [reference.tolerance],
    1e-5,
  );
});

test('wrong labels and too few pairs are refused', () => {
  assert.throws(
    () => tolerance(features, labels.subarray(1)),
    /^RangeError: tolerance: expected a label for each of 60 samples, got 59/,
  );
  assert.throws(
    () =>
      tolerance(
        features,
        labels.map(label => label - 1),
      ),
    /^RangeError: tolerance: expected labels from 0, got -1: leave out samples without a class/,
  );
  assert.throws(
    () =>
      tolerance(
        features,
        labels.map((_, i) => i),
      ),
    /^RangeError: tolerance: expected at least 28 pairs of samples of one class, got 0 among 60 samples/,
  );
});
