import assert from 'node:assert/strict';
import {test} from 'node:test';
import {claim, difference, percent, pointsText, rangeText, word} from '../../../experiments/docs/numbers';

test('differences are taken seed by seed, and printed as sizes', () => {
  const rows = [
    {seed: 1, value: 0.5},
    {seed: 0, value: 0.3},
  ];
  const others = [
    {seed: 0, value: 0.4},
    {seed: 1, value: 0.6},
  ];
  const less = difference(rows, others, ({value}) => value);
  assert.ok(Math.abs(less.mean + 0.1) < 1e-12 && less.high - less.low < 1e-9);
  assert.equal(pointsText({mean: -0.077, low: -0.109, high: -0.045, n: 3}), '7.7 points (4.5 to 10.9)');
  assert.equal(pointsText({mean: 0.014, low: -0.022, high: 0.051, n: 3}), '1.4 points (−2.2 to 5.1)');
  assert.throws(
    () => difference(rows, [{seed: 7, value: 1}], ({value}) => value),
    /^RangeError: difference: expected runs of the same seeds/,
  );
});

test('numbers in words', () => {
  assert.deepEqual([percent(0.4462), percent(-0.001), word(3), word(40)], ['44.6', '−0.1', 'three', '40']);
  assert.equal(rangeText([0.419, 0.412, 0.415], percent), '41.2 to 41.9');
  assert.equal(rangeText([1], String), '1');
  assert.equal(claim(true, 'Yes.'), 'Yes.');
  assert.throws(
    () => claim(false, 'No.'),
    /^RangeError: claim: expected published rows for which this holds, got others: "No\."/,
  );
});
