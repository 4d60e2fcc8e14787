import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hitText} from '../../lib/study/hitText';

test('a 1 for each right answer', () => {
  assert.equal(hitText(Int32Array.of(0, 2, 1, 1), Int32Array.of(0, 1, 1, 0)), '1010');
  assert.equal(hitText(new Int32Array(), new Int32Array()), '');
});
