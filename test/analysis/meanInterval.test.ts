import assert from 'node:assert/strict';
import {test} from 'node:test';
import {meanInterval} from '../../lib/analysis/meanInterval';
import {close} from '../close';
import reference from '../reference/analysis.json';

test("equals scipy's t-interval", () => {
  for (const {values, level, mean, bounds} of reference.intervals) {
    const interval = meanInterval(values, {level});
    close([interval.mean, interval.low, interval.high], [mean, ...bounds], 1e-9);
    assert.equal(interval.n, values.length);
  }
});

test('one value has a mean and no interval; equal values have an interval of no width', () => {
  assert.deepEqual(meanInterval([0.5]), {mean: 0.5, low: NaN, high: NaN, n: 1});
  assert.deepEqual(meanInterval([0.5, 0.5]), {mean: 0.5, low: 0.5, high: 0.5, n: 2});
  assert.deepEqual(meanInterval([0.1, 0.1, 0.1]), {mean: 0.1, low: 0.1, high: 0.1, n: 3});
});

test('no values, no numbers and a level that is none are refused', () => {
  assert.throws(() => meanInterval([]), /^RangeError: meanInterval: expected at least one finite number, got \[\]/);
  assert.throws(
    () => meanInterval([1, NaN]),
    /^RangeError: meanInterval: expected at least one finite number, got \[1,NaN\]/,
  );
  assert.throws(
    () => meanInterval([1], {level: 95}),
    /^RangeError: meanInterval: expected a level between 0 and 1, got 95/,
  );
});
