import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {stochasticDepth} from '../../lib/layers/stochasticDepth';
import {close} from '../close';
import {flat} from '../flat';

const n = 2000;
const x = tf.randomNormal<tf.Rank.R3>([n, 2, 3], 1, 1, 'float32', 1);
const k = key(4);

test('without a key, and at rate 0, the branch as it is', async () => {
  for (const y of [await flat(() => stochasticDepth(x, 0.5), 1), await flat(() => stochasticDepth(x, 0, k), 1)])
    close(y.dataSync(), x.dataSync(), 0);
});

test('of each image nothing or all of it, scaled: right in expectation', async () => {
  const rate = 0.3;
  const y = await flat(() => stochasticDepth(x, rate, k), 1);
  const share = tf.tidy(() => y.div(x)).reshape([n, 6]); // all of an image's values alike
  close(share.max(1).dataSync(), share.min(1).dataSync(), 1e-6);
  const first = [...share.slice([0, 0], [n, 1]).dataSync()];
  const kept = first.filter(value => value !== 0);
  close(
    kept,
    kept.map(() => 1 / (1 - rate)),
    1e-6,
  );
  const mean = first.reduce((a, b) => a + b) / n;
  const deviation = Math.sqrt(rate / (1 - rate) / n);
  assert.ok(Math.abs(mean - 1) < 4 * deviation, `the mean factor is ${mean}, expected 1`);
});

test('gradients flow where the branch is kept; the same key skips the same images', () => {
  const y = stochasticDepth(x, 0.5, k);
  close(stochasticDepth(x, 0.5, k).dataSync(), y.dataSync(), 0);
  close(
    tf
      .grad(input => stochasticDepth(input as tf.Tensor3D, 0.5, k))(x)
      .dataSync(),
    y.div(x).dataSync(),
    1e-6,
  );
});

test('a rate outside 0 to 1 is refused', () => {
  for (const rate of [-0.1, 1])
    assert.throws(
      () => stochasticDepth(x, rate, k),
      new RegExp(`^RangeError: stochasticDepth: expected a rate from 0 to below 1, got ${rate}`),
    );
});
