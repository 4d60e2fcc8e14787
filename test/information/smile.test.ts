// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {smile} from '../../lib/information/smile';
import {close} from '../close';
import {gaussianRows, meanAt} from './gaussianTruth';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of others', () => {
  for (const {name, scores, expected} of fixedScores) {
    isNear(smile(scores, {clip: 1}), expected.smile1, name);
    isNear(smile(scores), expected.smile5, name);
    isNear(smile(scores, {clip: Infinity}), expected.donskerVaradhan, name);
  }
});

test('the gradient flows through both terms, and not through the scores that are clipped', () => {
  const scores = tf.tensor2d([
    [2, 0],
    [1, 3],
  ]);
  const half = 1 / (1 + Math.E);
  const gradient = (clip: number) =>
    tf
      .grad((f: tf.Tensor) => smile(f as tf.Tensor2D, {clip}))(scores)
      .dataSync();
  close(gradient(5), [0.5, -half, half - 1, 0.5], 1e-6);
  close(gradient(0.5), [0.5, -1 / (1 + Math.exp(0.5)), 0, 0.5], 1e-6); // 1 is taken for 0.5
});

test('refuses a clip that is none', () => {
  assert.throws(() => smile(tf.zeros([2, 2]), {clip: 0}), /^RangeError: smile: expected clip > 0, got 0$/);
});

test('on Gaussians: within 10 % of the truth at 2 and 4 nats, three seeds', async () => {
  const rows = await gaussianRows({estimator: 'smile', clip: 5}, {steps: 1500});
  for (const information of [2, 4])
    assert.ok(
      Math.abs(meanAt(rows, information) - information) < 0.1 * information,
      `${information} nats: ${meanAt(rows, information)}`,
    );
});

test('on Gaussians with τ = 1: biased upwards, as its best critic is', async () => {
  const rows = (await gaussianRows({estimator: 'smile', clip: 1})).filter(({information}) => information === 2);
  assert.ok(meanAt(rows, 2, row => row.bias) > 0.3, `${meanAt(rows, 2)}`);
  assert.ok(
    Math.abs(meanAt(rows, 2, row => row.optimal) - 2.37) < 0.02,
    `best critic ${meanAt(rows, 2, row => row.optimal)}`,
  ); // references: 2.37
});
