import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {crossEntropy} from '../../lib/losses/crossEntropy';
import {close} from '../close';
import {flat} from '../flat';

const labels = tf.tensor1d([2, 0], 'int32');

test('log k where all logits are alike; the odds of two classes', () => {
  close(crossEntropy(tf.fill([2, 5], 3), labels).dataSync(), [Math.log(5)], 1e-6);
  close(crossEntropy(tf.tensor2d([[1, 4]]), tf.tensor1d([0], 'int32')).dataSync(), [Math.log1p(Math.exp(3))], 1e-6);
});

test('the gradient is probability less label, over n; large logits stay finite', () => {
  const logits = tf.tensor2d([
    [0, 0, 0],
    [1000, -1000, 0],
  ]);
  const {value, grad} = tf.valueAndGrad((z: tf.Tensor) => crossEntropy(z as tf.Tensor2D, labels))(logits);
  close(value.dataSync(), [Math.log(3) / 2], 1e-5);
  close(grad.dataSync(), [1 / 6, 1 / 6, -1 / 3, 0, 0, 0], 1e-6);
});

test('large logits do not round a small loss', () => {
  close(
    crossEntropy(tf.tensor2d([[1003, 1000, 998]]), tf.tensor1d([0], 'int32')).dataSync(),
    [Math.log(1 + Math.exp(-3) + Math.exp(-5))],
    1e-7,
  );
});

test('weights: rows of weight 0 do not count, weights that are all alike change nothing', () => {
  const [logits, three] = [
    tf.tensor2d([
      [0, 1, 2],
      [3, 1, 0],
      [5, 5, 5],
    ]),
    tf.tensor1d([0, 1, 2], 'int32'),
  ];
  close(crossEntropy(logits, three, {weights: tf.tensor1d([0, 0, 2])}).dataSync(), [Math.log(3)], 1e-6);
  close(
    crossEntropy(logits, three, {weights: tf.fill([3], 0.7)}).dataSync(),
    crossEntropy(logits, three).dataSync(),
    1e-6,
  );
  assert.throws(
    () => crossEntropy(logits, three, {weights: tf.ones([2])}),
    /^RangeError: crossEntropy: expected one weight for each of 3 rows, got \[2\]$/,
  );
});

test('leaves one tensor; one class, and labels that are too few, are refused', async () => {
  await flat(() => crossEntropy(tf.tidy(() => tf.zeros([2, 3])) as tf.Tensor2D, labels), 2);
  assert.throws(
    () => crossEntropy(tf.zeros([2, 1]), labels),
    /^RangeError: crossEntropy: expected logits \[n, k\], k ≥ 2, and labels \[n\], got \[2,1\] and \[2\]/,
  );
  assert.throws(
    () => crossEntropy(tf.zeros([3, 4]), labels),
    /^RangeError: crossEntropy: expected logits .*, got \[3,4\] and \[2\]/,
  );
});
