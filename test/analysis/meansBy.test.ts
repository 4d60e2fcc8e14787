import assert from 'node:assert/strict';
import {test} from 'node:test';
import {meanInterval} from '../../lib/analysis/meanInterval';
import {intervalText, meansBy} from '../../lib/analysis/meansBy';

const rows = [
  {dial: 10, x: 1, y: 4},
  {dial: 9, x: 2, y: 5},
  {dial: 10, x: 3, y: 8},
  {dial: 9, x: 2, y: 6},
  {dial: 9, x: 5, y: 7},
];

test('one entry a value of the dial, in the order of numbers and not of texts', () => {
  const means = meansBy(rows, row => row.dial, {x: row => row.x, y: row => row.y});
  assert.deepEqual(means, [
    {value: 9, n: 3, x: meanInterval([2, 2, 5]), y: meanInterval([5, 6, 7])},
    {value: 10, n: 2, x: meanInterval([1, 3]), y: meanInterval([4, 8])},
  ]);
  assert.deepEqual(
    means.map(({y}) => y.mean),
    [6, 6],
  );
});

test('no rows and measures that are no numbers are refused', () => {
  assert.throws(() => meansBy([], () => 0, {}), /^RangeError: meansBy: expected at least one row, got none/);
  assert.throws(
    () => meansBy(rows, row => row.dial, {x: () => NaN}),
    /^RangeError: meanInterval: expected at least one finite number/,
  );
});

test('as text: mean ± half the interval', () => {
  assert.equal(intervalText({mean: 38.04, low: 36.84, high: 39.24, n: 3}), '38.0 ± 1.2');
  assert.equal(intervalText({mean: -0.456, low: -0.5, high: -0.412, n: 3}, 2), '−0.46 ± 0.04');
  assert.equal(intervalText(meanInterval([0.5]), 2), '0.50');
});
