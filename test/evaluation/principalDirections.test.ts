import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {principalDirections} from '../../lib/evaluation/principalDirections';
import {close} from '../close';
import {flat} from '../flat';

const n = 500;
/** Variance 1/j² along axis j. */
const x = tf.tidy(() => normal(key(1), [n, 20]).div(tf.range(1, 21)) as tf.Tensor2D);

test('all directions together are the second moments', async () => {
  const {directions, moments, rest} = await flat(() => principalDirections(x, 20), 1);
  close(
    tf.matMul(directions.mul(tf.tensor1d(moments)), directions, false, true).dataSync(),
    tf.matMul(x, x, true).div(n).dataSync(),
    1e-5,
  );
  assert.equal(rest, 0);
});

test('a few of them hold the largest moments, the rest the remaining ones', async () => {
  const all = await principalDirections(x, 20);
  const {directions, moments, rest} = await flat(() => principalDirections(x, 6), 1);
  close(tf.matMul(directions, directions, true).dataSync(), tf.eye(6).dataSync(), 1e-5);
  close(moments.slice(3), all.moments.slice(17), 1e-3);
  close([rest], [(all.moments.reduce((a, b) => a + b) - moments.reduce((a, b) => a + b)) / 14], 1e-5);
});

test('a share of many samples is looked at', async () => {
  const many = tf.tile(x, [20, 1]) as tf.Tensor2D;
  const {moments} = await flat(() => principalDirections(many, 20), 1);
  close(moments.slice(19), [1], 0.15);
});
