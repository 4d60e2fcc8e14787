import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {mean} from '../lib/mean';
import {close} from './close';

test('closed forms; of equal values exactly that value', () => {
  assert.equal(mean([1, 2, 6]), 3);
  assert.equal(mean([0.1, 0.1, 0.1]), 0.1);
  assert.equal(mean([]), NaN);
  const any = fc.double({noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300});
  fc.assert(
    fc.property(any, fc.integer({min: 1, max: 9}), (value, n) => assert.equal(mean(Array(n).fill(value)), value)),
  );
});

test('between the least and the largest value; a shift shifts it', () => {
  const values = fc.array(fc.double({noNaN: true, min: -100, max: 100}), {minLength: 1, maxLength: 9});
  fc.assert(
    fc.property(values, some => {
      const found = mean(some);
      assert.ok(found >= Math.min(...some) && found <= Math.max(...some));
      close([mean(some.map(value => value + 5))], [found + 5], 1e-12);
    }),
  );
});
