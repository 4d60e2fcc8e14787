import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {interpolated} from '../../lib/information/interpolated';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of others', () => {
  for (const {name, scores, logBaseline, expected} of fixedScores)
    for (const alpha of [0.01, 0.5, 0.99] as const)
      isNear(interpolated(scores, {alpha}, logBaseline), expected.interpolated[`${alpha}`], `${name}, ${alpha}`);
});

test('scores that are all 0 give 0; alpha outside its range and too few pairs are refused', () => {
  isNear(interpolated(tf.zeros([4, 4]), {alpha: 0.3}), 0, 'zeros');
  assert.throws(
    () => interpolated(tf.zeros([4, 4]), {alpha: 1}),
    /^RangeError: interpolated: expected alpha between 0 and 1, got 1$/,
  );
  assert.throws(() => interpolated(tf.zeros([2, 2])), /^RangeError: interpolated: expected at least 3 pairs, got 2$/);
});
