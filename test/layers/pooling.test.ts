import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {globalAveragePool, maxPool} from '../../lib/layers/pooling';
import {relu} from '../../lib/layers/relu';
import {close} from '../close';
import {hashed} from '../reference/hashed';
import reference from '../reference/layers.json';

test("maxPool and its gradient as torch's, also where all values are negative", () => {
  const {y, dx} = reference.maxPool;
  const x = tf.tensor4d(hashed('maxPool x', [2, 6, 6, 3]), [2, 6, 6, 3]).sub(2) as tf.Tensor4D;
  close(maxPool(x).dataSync(), y, 1e-6);
  close(
    tf
      .grad(input => maxPool(input as tf.Tensor4D))(x, tf.tensor4d(hashed('maxPool dy', [2, 3, 3, 3]), [2, 3, 3, 3]))
      .dataSync(),
    dx,
    1e-6,
  );
});

test('globalAveragePool is the mean over positions', () => {
  const x = tf.tensor4d([1, 10, 2, 20, 3, 30, 4, 40], [1, 2, 2, 2]);
  assert.deepEqual([...globalAveragePool(x).dataSync()], [2.5, 25]);
  assert.deepEqual(
    [
      ...tf
        .grad(input => globalAveragePool(input as tf.Tensor4D).sum())(x)
        .dataSync(),
    ],
    new Array(8).fill(0.25),
  );
});

test('relu and its gradient', () => {
  const x = tf.tensor1d([-2, -0.5, 0, 0.5, 2]);
  assert.deepEqual([...relu(x).dataSync()], [0, 0, 0, 0.5, 2]);
  assert.deepEqual(
    [
      ...tf
        .grad(input =>
          relu(input)
            .mul(tf.tensor1d([1, 2, 3, 4, 5]))
            .sum(),
        )(x)
        .dataSync(),
    ],
    [0, 0, 0, 4, 5],
  );
  const sum = tf.grad(input => relu(relu(input.mul(-1)).add(input)).sum())(x); // through two of them
  assert.deepEqual([...sum.dataSync()], [0, 0, 0, 1, 1]);
});
