// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {jensenShannon} from '../../lib/information/jensenShannon';
import {gaussianRows, meanAt} from './gaussianTruth';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of others', () => {
  for (const {name, scores, expected} of fixedScores) isNear(jensenShannon(scores), expected.jensenShannon, name);
});

test('scores that are all 0 give −2 log 2, the least that a critic need reach', () => {
  isNear(jensenShannon(tf.zeros([4, 4])), -2 * Math.log(2), 'zeros');
  assert.throws(() => jensenShannon(tf.zeros([2, 3])), /^RangeError: jensenShannon: expected scores/);
});

test('on Gaussians: within 10 % of the truth at 2 and 4 nats, three seeds', async () => {
  const rows = await gaussianRows({estimator: 'jensenShannon'}, {steps: 1500});
  for (const information of [2, 4])
    assert.ok(
      Math.abs(meanAt(rows, information) - information) < 0.1 * information,
      `${information} nats: ${meanAt(rows, information)}`,
    );
});
