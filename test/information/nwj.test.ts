// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {nwj} from '../../lib/information/nwj';
import {gaussianRows, meanAt} from './gaussianTruth';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of others', () => {
  for (const {name, scores, expected} of fixedScores) isNear(nwj(scores), expected.nwj, name);
});

test('scores that are all 1 give 0', () => {
  isNear(nwj(tf.ones([4, 4])), 0, 'ones');
  assert.throws(() => nwj(tf.zeros([1, 1])), /expected scores \[K, K\] of at least 2 pairs, got \[1,1\]/);
});

test('on Gaussians: within 10 % of the truth at 2 and 4 nats, three seeds', async () => {
  const rows = await gaussianRows({estimator: 'nwj'});
  for (const information of [2, 4])
    assert.ok(
      Math.abs(meanAt(rows, information) - information) < 0.1 * information,
      `${information} nats: ${meanAt(rows, information)}`,
    );
});
