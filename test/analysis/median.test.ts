import assert from 'node:assert/strict';
import {test} from 'node:test';
import {median} from '../../lib/analysis/median';

test('the middle value, the mean of two, none', () => {
  const values = [3, 1, 10];
  assert.equal(median(values), 3);
  assert.deepEqual(values, [3, 1, 10]);
  assert.equal(median([4, 1, 2, 100]), 3);
  assert.ok(Number.isNaN(median([])));
});
