import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {layerNorm} from '../../lib/layers/layerNorm';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/layers.json';
import {slopes} from '../slopes';

const x = tf.tensor3d(hashed('layerNorm x', [2, 3, 8]), [2, 3, 8]);
const weight = tf.tensor1d(hashed('layerNorm w', [8]));
const bias = tf.tensor1d(hashed('layerNorm b', [8]));
const module = layerNorm(8);
const f = (input: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) =>
  module.apply({weight: scale, bias: shift}, input as tf.Tensor3D, {});

test("output and gradients as torch's", () => {
  const {y, dx, dw, db} = reference.layerNorm;
  close(f(x, weight, bias).dataSync(), y, 5e-6);
  const gradients = tf.grads(f)([x, weight, bias], tf.tensor3d(hashed('layerNorm dy', [2, 3, 8]), [2, 3, 8]));
  [dx, dw, db].forEach((expected, i) => close(gradients[i]!.dataSync(), expected, 5e-6));
});

test('gradients by finite differences', () => {
  slopes(input => f(input, weight, bias), x, [0, 7, 20, 47], {step: 5e-3, tolerance: 2e-3});
  slopes(scale => f(x, scale, bias), weight, [0, 7]);
  slopes(shift => f(x, weight, shift), bias, [0, 7]);
});

test('scale and shift of a token change nothing; a constant token becomes the bias; nothing else is left', async () => {
  const params = module.init(key(0));
  close(
    module.apply(params, x.mul(7).add(3) as tf.Tensor3D, {}).dataSync(),
    module.apply(params, x, {}).dataSync(),
    2e-5,
  );
  const constant = tf.fill<tf.Rank.R2>([2, 8], 3);
  await flat(
    () =>
      close(
        layerNorm<tf.Tensor2D>(8).apply({weight, bias}, constant, {}).slice(0, 1).dataSync(),
        bias.dataSync(),
        1e-6,
      ),
    2,
  );
});

test('a wrong width is refused', () => {
  assert.throws(
    () => module.apply(module.init(key(0)), tf.zeros([2, 3, 4]), {}),
    /^RangeError: layerNorm: expected 8 channels last, got \[2,3,4\]/,
  );
});
