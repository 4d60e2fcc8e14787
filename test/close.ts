// Compares lists of numbers: equal up to a share of the larger value, or up to that amount where
// values are below 1.

import assert from 'node:assert/strict';

export function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length, 'number of values');
  for (let i = 0; i < expected.length; i++) {
    const bound = tolerance * Math.max(1, Math.abs(expected[i]!));
    assert.ok(
      Math.abs(actual[i]! - expected[i]!) <= bound,
      `value ${i}: ${actual[i]} differs from ${expected[i]} by more than ${bound}`,
    );
  }
}
