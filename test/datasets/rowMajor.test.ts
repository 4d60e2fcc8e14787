import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rowMajor} from '../../lib/datasets/rowMajor';

test('two rows of three pixels in two channels', () => {
  const rows = new Uint8Array(12);
  rowMajor(Uint8Array.of(1, 4, 2, 5, 3, 6, 11, 14, 12, 15, 13, 16), [2, 3, 2], rows);
  assert.deepEqual([...rows], [1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16]);
});
