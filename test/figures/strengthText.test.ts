import assert from 'node:assert/strict';
import {test} from 'node:test';
import {strengthText} from '../../lib/figures/strengthText';

test('parts of one as fractions, others as they are', () => {
  assert.deepEqual([0, 1 / 8, 0.25, 0.5, 0.3, 1, 1.5, 2].map(strengthText), [
    '0',
    '1/8',
    '1/4',
    '1/2',
    '0.3',
    '1',
    '1.5',
    '2',
  ]);
});
