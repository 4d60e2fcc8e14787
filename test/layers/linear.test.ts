import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {addBias} from '../../lib/layers/bias';
import {linear} from '../../lib/layers/linear';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/layers.json';
import {slopes} from '../slopes';

const x = tf.tensor3d(hashed('linear x', [2, 3, 5]), [2, 3, 5]);
const weight = tf.tensor2d(hashed('linear w', [4, 5]), [4, 5]);
const bias = tf.tensor1d(hashed('linear b', [4]));
const f = (input: tf.Tensor, matrix: tf.Tensor, shift: tf.Tensor) =>
  linear<tf.Tensor3D>(5, 4).apply({weight: matrix, bias: shift}, input as tf.Tensor3D, {});

test("output and gradients as torch's, on tokens", () => {
  const {y, dx, dw, db} = reference.linear;
  close(f(x, weight, bias).dataSync(), y, 1e-6);
  const gradients = tf.grads(f)([x, weight, bias], tf.tensor3d(hashed('linear dy', [2, 3, 4]), [2, 3, 4]));
  [dx, dw, db].forEach((expected, i) => close(gradients[i]!.dataSync(), expected, 2e-6));
});

test('gradients by finite differences', () => {
  slopes(input => f(input, weight, bias), x, [0, 13, 29]);
  slopes(matrix => f(x, matrix, bias), weight, [0, 7, 19]);
  slopes(shift => f(x, weight, shift), bias, [0, 3]);
  slopes(input => addBias(input.square(), tf.ones([5])), x, [4]); // also behind another operation
});

test('rows and tokens alike, with and without an offset; nothing else is left', async () => {
  const params = {weight, bias};
  const rows = x.reshape<tf.Tensor2D>([6, 5]);
  await flat(() => close(linear(5, 4).apply(params, rows, {}).dataSync(), reference.linear.y, 1e-6), 1);
  close(linear(5, 4, {bias: false}).apply({weight}, rows, {}).add(bias).dataSync(), reference.linear.y, 1e-6);
});

test('a wrong width is refused', () => {
  const module = linear(5, 4);
  assert.throws(
    () => module.apply(module.init(key(0)), tf.zeros([2, 3]), {}),
    /^RangeError: linear: expected 5 values last, got \[2,3\]/,
  );
});
