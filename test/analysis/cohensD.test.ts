import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {cohensD} from '../../lib/analysis/cohensD';
import {close} from '../close';

test('closed forms', () => {
  assert.equal(cohensD([4, 5, 6], [1, 2, 3]), 3);
  assert.equal(cohensD([1, 2, 3], [4, 5, 6]), -3);
  // (1 + 1 + 0) over 2 + 3 − 2 degrees of freedom
  close([cohensD([0, 2], [0, 0, 0])], [1 / Math.sqrt(2 / 3)], 1e-12);
  assert.equal(cohensD([2, 2], [1, 1]), Infinity);
  assert.equal(cohensD([2, 2], [2, 2]), 0);
});

test('groups that do not vary have no spread, whatever rounding makes of their means', () => {
  assert.equal(cohensD([0.1, 0.1, 0.1], [0.1, 0.1]), 0);
  assert.equal(cohensD([0.1, 0.1, 0.1], [0.2, 0.2]), -Infinity);
  const value = fc.double({noNaN: true, min: -1, max: 1});
  const size = fc.integer({min: 2, max: 9});
  fc.assert(
    fc.property(value, value, size, size, (a, b, n, m) => {
      const apart = a > b ? Infinity : -Infinity;
      const expected = a === b ? 0 : apart;
      assert.equal(cohensD(Array(n).fill(a), Array(m).fill(b)), expected);
    }),
  );
});

test('neither shift nor scale changes it', () => {
  const group = fc
    .array(fc.integer({min: -100, max: 100}), {minLength: 3, maxLength: 6})
    .filter(values => new Set(values).size > 1);
  fc.assert(
    fc.property(group, group, fc.integer({min: -50, max: 50}), fc.integer({min: 1, max: 9}), (a, b, shift, scale) => {
      const moved = (values: number[]) => values.map(value => scale * value + shift);
      close([cohensD(moved(a), moved(b))], [cohensD(a, b)], 1e-9);
    }),
  );
});

test('groups without a spread of their own are refused', () => {
  assert.throws(
    () => cohensD([1], [1, 2]),
    /^RangeError: cohensD: expected at least two finite numbers in each group, got \[1\]/,
  );
  assert.throws(
    () => cohensD([1, 2], [1, NaN]),
    /^RangeError: cohensD: expected at least two finite numbers in each group, got \[1,NaN\]/,
  );
});
