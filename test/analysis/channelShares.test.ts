import assert from 'node:assert/strict';
import {test} from 'node:test';
import {channelShares} from '../../lib/analysis/channelShares';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';

const even = tf.tensor2d([
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
]);

test('even channels have equal shares; a deviation of 3 nine times the variance, at any place and offset', async () => {
  close(await flat(() => channelShares(even)), [0.5, 0.5], 1e-6);
  close(channelShares(even.mul([[1, 3]]).add([[100, -5]]) as tf.Tensor2D), [0.9, 0.1], 1e-4);
  const many = channelShares(normal(key(0), [2000, 8]).mul(tf.range(1, 9)) as tf.Tensor2D);
  close(
    many,
    Array.from({length: 8}, (_, i) => (8 - i) ** 2 / 204),
    0.02,
  );
  close([many.reduce((a, b) => a + b)], [1], 1e-5);
});

test('a single sample and features that are alike are refused', () => {
  assert.throws(() => channelShares(tf.ones([1, 4])), /^RangeError: channelShares: expected at least 2 samples, got 1/);
  assert.throws(
    () => channelShares(tf.zeros([5, 4])),
    /^RangeError: channelShares: expected features that vary, got all alike/,
  );
  for (const [n, value] of [
    [7, 0.1],
    [100, 0.3],
    [1000, 123.456],
  ] as const) {
    assert.throws(
      () => channelShares(tf.fill([n, 3], value)),
      /expected features that vary, got all alike/,
      `${n} × ${value}`,
    );
    const one = tf.concat([tf.fill([n, 1], value), normal(key(0), [n, 1]).mul(1e-4)], 1) as tf.Tensor2D;
    close(channelShares(one), [1, 0], 0);
  }
});
