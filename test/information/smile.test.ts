// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {smile} from '../../lib/information/smile';
import {gaussianRows, meanAt} from './gaussianTruth';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of others', () => {
  for (const {name, scores, expected} of fixedScores) {
    isNear(smile(scores, {clip: 1}), expected.smile1, name);
    isNear(smile(scores), expected.smile5, name);
    isNear(smile(scores, {clip: Infinity}), expected.donskerVaradhan, name);
  }
});

test('refuses a clip that is none', () => {
  assert.throws(() => smile(tf.zeros([2, 2]), {clip: 0}), /^RangeError: smile: expected clip > 0, got 0$/);
});

test('on Gaussians: within 10 % of the truth at 2 and 4 nats, three seeds', {timeout: 300_000}, async () => {
  const rows = await gaussianRows({estimator: 'smile', clip: 5});
  for (const information of [2, 4]) assert.ok(Math.abs(meanAt(rows, information) - information) < 0.1 * information, `${information} nats: ${meanAt(rows, information)}`);
});

test('on Gaussians with τ = 1: biased upwards, as its best critic is', {timeout: 300_000}, async () => {
  const rows = (await gaussianRows({estimator: 'smile', clip: 1})).filter(({information}) => information === 2);
  assert.ok(meanAt(rows, 2, row => row.bias) > 0.3, `${meanAt(rows, 2)}`);
  assert.ok(Math.abs(meanAt(rows, 2, row => row.optimal) - 2.37) < 0.02, `best critic ${meanAt(rows, 2, row => row.optimal)}`);   // references: 2.37
});
