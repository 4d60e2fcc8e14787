import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkMemory, readableBytes} from '../../lib/datasets/memory';

test('bytes as people read them', () => {
  assert.deepEqual([12, 1234, 999_999, 24_007_680, 1.5e9, 4e15].map(readableBytes), [
    '0.012 kB',
    '1.23 kB',
    '1,000 kB',
    '24 MB',
    '1.5 GB',
    '4,000,000 GB',
  ]);
});

test('what does not fit is refused with both numbers', () => {
  checkMemory(1e6, 'test', '1 image', 'take fewer');
  assert.throws(
    () => checkMemory(4e15, 'test', '9 images', 'take fewer'),
    /^RangeError: test: expected images that fit in memory, got 9 images: 4,000,000 GB needed, [\d.,]+ [GM]B available; take fewer$/,
  );
});
