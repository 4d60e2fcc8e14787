import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {tuba} from '../../lib/information/tuba';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of others, with a baseline and without', () => {
  for (const {name, scores, logBaseline, expected} of fixedScores) {
    isNear(tuba(scores), expected.tuba, name);
    isNear(tuba(scores, logBaseline), expected.tubaWithBaseline, name);
  }
});

test('scores that are all 0 give 0; a baseline of another length is refused', () => {
  isNear(tuba(tf.zeros([4, 4])), 0, 'zeros');
  assert.throws(
    () => tuba(tf.zeros([4, 4]), tf.zeros([3])),
    /^RangeError: tuba: expected a baseline for each of 4 x, got \[3\]$/,
  );
});
