import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alignment} from '../../lib/analysis/alignment';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/analysis.json';
import {classes} from '../reference/classes';

const {n, d, k} = reference;
const [x, y] = [classes('first', n, d, k).features, classes('second', n, d, k).features];

test('equals align_loss of align_uniform', async () => {
  for (const [alpha, expected] of Object.entries(reference.alignment)) {
    close((await flat(() => alignment(x, y, {alpha: Number(alpha)}), 1)).dataSync(), [expected], 1e-5);
  }
});

test('0 for views that are alike up to length, 2^α for opposite ones, 2 for independent directions', () => {
  close(alignment(x, x.mul(7)).dataSync(), [0], 1e-6);
  close(alignment(x, x.mul(-0.1), {alpha: 3}).dataSync(), [8], 1e-5);
  close(alignment(normal(key(1), [4000, 64]), normal(key(2), [4000, 64])).dataSync(), [2], 0.01);
});

test('gradients flow', () => {
  const g = tf.grad((features: tf.Tensor) => alignment(features as tf.Tensor2D, y))(x);
  assert.ok(g.abs().max().dataSync()[0]! > 1e-4);
});

test('other shapes, too few pairs and α ≤ 0 are refused', () => {
  assert.throws(
    () => alignment(tf.ones([9, 2]), tf.ones([8, 2])),
    /^RangeError: alignment: expected two views of one shape \[n, d\], got \[9,2\] and \[8,2\]/,
  );
  assert.throws(
    () => alignment(tf.ones([7, 2]), tf.ones([7, 2])),
    /^RangeError: alignment: expected at least 8 pairs of views, got 7/,
  );
  assert.throws(() => alignment(x, y, {alpha: 0}), /^RangeError: alignment: expected alpha > 0, got 0/);
});
