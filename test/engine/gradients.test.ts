import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../lib/engine/gradients';
import {stopGradient} from '../../lib/engine/stopGradient';
import {tf} from '../../lib/engine/tf';

test('gradients by every leaf; outputs survive; nothing else does', () => {
  const params = {a: tf.tensor1d([1, 2]), b: {c: tf.tensor1d([3, 4])}, unused: tf.scalar(5)};
  const before = tf.memory().numTensors;
  const {loss, outputs, gradients} = valueAndGradients(({a, b}) => {
    const product = a.mul(b.c);
    return {loss: product.sum() as tf.Scalar, outputs: {product}};
  }, params);
  assert.equal(loss.dataSync()[0], 11);
  assert.deepEqual([...outputs.product.dataSync()], [3, 8]);
  assert.deepEqual([...gradients.a.dataSync()], [3, 4]);
  assert.deepEqual([...gradients.b.c.dataSync()], [1, 2]);
  assert.deepEqual([...gradients.unused.dataSync()], [0]);
  assert.equal(tf.memory().numTensors - before, 5);
});

test('nothing flows through stopGradient, and the numbers stay', () => {
  const x = tf.tensor1d([2, 3]);
  const g = tf.grad((input: tf.Tensor) => input.mul(stopGradient(input)).sum())(x);
  assert.deepEqual([...g.dataSync()], [2, 3]); // x · stop(x): derivative stop(x), not 2x
  const cut = stopGradient(x);
  x.dispose();
  assert.deepEqual([...cut.dataSync()], [2, 3]);
});
