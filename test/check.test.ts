import assert from 'node:assert/strict';
import {test} from 'node:test';
import {check, whole} from '../lib/check';

test('what does not hold is said in one line after the caller', () => {
  check(true, 'ksg', 'expected nothing');
  assert.throws(() => check(false, 'ksg', 'expected 1, got 2'), {
    name: 'RangeError',
    message: 'ksg: expected 1, got 2',
  });
});

test('whole numbers from 1, or from another number', () => {
  for (const value of [1, 2, 1e9]) whole('ksg', 'k', value);
  whole('vit', 'registers', 0, 0);
  for (const value of [0, -1, 1.5, NaN, Infinity]) {
    assert.throws(() => whole('ksg', 'k', value), {
      name: 'RangeError',
      message: `ksg: expected k a whole number from 1, got ${value}`,
    });
  }
  assert.throws(() => whole('dino', 'prototypes', 1, 2), {
    message: 'dino: expected prototypes a whole number from 2, got 1',
  });
});
