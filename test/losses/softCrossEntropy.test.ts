import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {crossEntropy} from '../../lib/losses/crossEntropy';
import {softCrossEntropy} from '../../lib/losses/softCrossEntropy';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/fineTune.json';
import {hashed} from '../reference/hashed';

const {labels, classes: k, mixed} = reference;
const n = labels.length;
const logits = tf.tensor2d(hashed('logits', [n, k], 4), [n, k]);
const shares = tf.tensor2d(mixed['0.25'], [n, k]);

for (const {smoothing, loss, timm, gradient} of reference.soft) {
  test(`smoothing ${smoothing}: loss and gradient are torch's; timm smooths before it mixes, and has the same loss`, () => {
    const {value, grad} = tf.valueAndGrad((z: tf.Tensor) => softCrossEntropy(z as tf.Tensor2D, shares, {smoothing}))(
      logits,
    );
    close(value.dataSync(), [loss], 1e-6);
    close(value.dataSync(), [timm], 1e-6);
    close(grad.dataSync(), gradient, 1e-6);
  });
}

test('log k where all logits are alike; cross-entropy where a label is one class; large logits stay finite', () => {
  for (const smoothing of [0, 0.3])
    close(softCrossEntropy(tf.fill([n, k], 7), shares, {smoothing}).dataSync(), [Math.log(k)], 1e-6);
  const own = tf.tensor1d(labels, 'int32');
  close(
    softCrossEntropy(logits, tf.oneHot(own, k).toFloat() as tf.Tensor2D).dataSync(),
    crossEntropy(logits, own).dataSync(),
    1e-6,
  );
  close(softCrossEntropy(tf.tensor2d([[1000, -1000]]), tf.tensor2d([[0.5, 0.5]])).dataSync(), [1000], 1e-6);
});

test('leaves one tensor; shapes that differ, a single class and a smoothing of 1 are refused', async () => {
  await flat(() => softCrossEntropy(logits, shares, {smoothing: 0.1}), 1);
  assert.throws(
    () => softCrossEntropy(logits, tf.ones([n, k + 1])),
    /^RangeError: softCrossEntropy: expected logits and shares \[n, k\], k ≥ 2, got \[6,5\] and \[6,6\]$/,
  );
  assert.throws(
    () => softCrossEntropy(tf.ones([3, 1]), tf.ones([3, 1])),
    /^RangeError: softCrossEntropy: expected logits and shares .*, got \[3,1\] and \[3,1\]$/,
  );
  for (const smoothing of [1, -0.1, NaN])
    assert.throws(() => softCrossEntropy(logits, shares, {smoothing}), {
      name: 'RangeError',
      message: `softCrossEntropy: expected label smoothing from 0 to below 1, got ${smoothing}`,
    });
});
