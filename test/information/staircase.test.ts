import assert from 'node:assert/strict';
import {test} from 'node:test';
import {staircase} from '../../lib/information/staircase';

test('five steps of 2 to 10 nats; the very first value is 0, since halves go to the even number', () => {
  const counts = new Map<number, number>();
  for (const value of staircase(20_000)) counts.set(value, (counts.get(value) ?? 0) + 1);
  assert.deepEqual(
    [...counts],
    [
      [0, 1],
      [2, 3999],
      [4, 4000],
      [6, 4000],
      [8, 4000],
      [10, 4000],
    ],
  );
  assert.throws(() => staircase(1), /^RangeError: staircase: expected steps a whole number from 2, got 1$/);
});
