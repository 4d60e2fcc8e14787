import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {attention} from '../../lib/layers/attention';
import type {Params} from '../../lib/module';
import {leaves, map} from '../../lib/engine/params';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/layers.json';

const module = attention(12, {heads: 3});
const params = map(module.init(key(0)), ({shape}, name) => tf.tensor(hashed(name, shape), shape));
const x = tf.tensor3d(hashed('attention x', [2, 5, 12]), [2, 5, 12]);
const dy = tf.tensor3d(hashed('attention dy', [2, 5, 12]), [2, 5, 12]);

test("output and gradients as timm's", () => {
  const {y, dx, ...expected} = reference.attention;
  close(module.apply(params, x, {}).dataSync(), y, 5e-6);
  close(
    tf
      .grad(input => module.apply(params, input as tf.Tensor3D, {}))(x, dy)
      .dataSync(),
    dx,
    1e-5,
  );
  const names = leaves(params).map(([name]) => name);
  assert.deepEqual(names, Object.keys(expected).sort());
  const gradients = tf.grads((...tensors) => module.apply(fromList(tensors), x, {}))(
    leaves(params).map(([, tensor]) => tensor),
    dy,
  );
  names.forEach((name, i) => close(gradients[i]!.dataSync(), expected[name as keyof typeof expected], 2e-5));
  function fromList(tensors: tf.Tensor[]): Params {
    return map(params, (_, name) => tensors[names.indexOf(name)]!);
  }
});

test('tokens in another order give the same in that order; nothing else is left', async () => {
  const order = [3, 0, 4, 1, 2];
  const y = await flat(() => module.apply(params, x, {}), 1);
  close(module.apply(params, tf.gather(x, order, 1), {}).dataSync(), tf.gather(y, order, 1).dataSync(), 1e-6);
});

test('weights: rows sum to 1, and alike tokens get alike shares', async () => {
  const {weights} = await flat(() => module.attend(params, x, {}), 2);
  assert.deepEqual(weights.shape, [2, 3, 5, 5]);
  close(weights.sum(3).dataSync(), Array(30).fill(1), 1e-6);
  close(
    module.attend(params, x.slice([0, 0, 0], [2, 1, 12]).tile([1, 5, 1]), {}).weights.dataSync(),
    Array(150).fill(1 / 5),
    1e-6,
  );
});

test('a width that the heads do not divide is refused', () => {
  assert.throws(
    () => attention(10, {heads: 3}),
    /^RangeError: attention: expected a width that is a multiple of the heads, got 10 and 3/,
  );
});
