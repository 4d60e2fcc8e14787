// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {infoNce} from '../../lib/information/infoNce';
import {gaussianRows, meanAt} from './gaussianTruth';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of others', () => {
  for (const {name, scores, expected} of fixedScores) isNear(infoNce(scores), expected.infoNce, name);
});

test('scores that are all alike give 0; terms of x alone change nothing; a sure choice gives log K', () => {
  isNear(infoNce(tf.fill([5, 5], 3)), 0, 'alike');
  for (const {scores, logBaseline, expected} of fixedScores)
    isNear(infoNce(scores.add(logBaseline.expandDims(1))), expected.infoNce, 'terms of x');
  isNear(infoNce(tf.eye(8).mul(100)), Math.log(8), 'sure');
  assert.throws(
    () => infoNce(tf.zeros([3, 4])),
    /^RangeError: infoNce: expected scores \[K, K\] of at least 2 pairs, got \[3,4\]$/,
  );
});

test('Gaussians: within 5 % of what the best critic says with as many candidates, never above log K', async () => {
  const rows = await gaussianRows({estimator: 'infoNce'});
  for (const information of [2, 4]) {
    const [mean, optimal] = [meanAt(rows, information), meanAt(rows, information, row => row.optimal)];
    assert.ok(Math.abs(mean - optimal) < 0.05 * optimal, `${information} nats: ${mean}, best critic ${optimal}`);
    assert.ok(optimal < information - 0.03, `the best critic of 256 stays below ${information}, got ${optimal}`);
  }
  for (const {course} of rows) assert.ok(Math.max(...course.estimate) <= Math.log(256));
});
