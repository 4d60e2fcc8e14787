import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chance} from '../../lib/evaluation/chance';

test('share of the most frequent training class among the test images', () => {
  assert.equal(chance(Int32Array.of(0, 2, 2, 1), Int32Array.of(2, 0, 0, 0)), 0.25);
  // of equal classes the first
  assert.equal(chance(Int32Array.of(1, 0, 1, 0), Int32Array.of(0, 1, 0, 2)), 0.5);
  assert.equal(chance(Int32Array.of(5), Int32Array.of(0, 1)), 0);
});

test('empty lists are refused', () => {
  assert.throws(
    () => chance(new Int32Array(), Int32Array.of(1)),
    /^RangeError: chance: expected training and test labels, got 0 and 1/,
  );
});
