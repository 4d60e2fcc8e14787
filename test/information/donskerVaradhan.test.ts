// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {donskerVaradhan} from '../../lib/information/donskerVaradhan';
import {gaussianRows, meanAt} from './gaussianTruth';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of others', () => {
  for (const {name, scores, expected} of fixedScores) isNear(donskerVaradhan(scores), expected.donskerVaradhan, name);
});

test('a constant more changes nothing', () => {
  for (const {name, scores, expected} of fixedScores)
    isNear(donskerVaradhan(scores.add(50)), expected.donskerVaradhan, name);
  assert.throws(() => donskerVaradhan(tf.zeros([2, 3])), /^RangeError: donskerVaradhan: expected scores/);
});

test('on Gaussians: within 10 % of the truth at 2 and 4 nats, three seeds', async () => {
  const rows = await gaussianRows({estimator: 'donskerVaradhan'});
  for (const information of [2, 4])
    assert.ok(
      Math.abs(meanAt(rows, information) - information) < 0.1 * information,
      `${information} nats: ${meanAt(rows, information)}`,
    );
});
