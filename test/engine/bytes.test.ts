import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bytes, gatherBytes, shares} from '../../lib/engine/bytes';
import {tf} from '../../lib/engine/tf';

test('gathered bytes are shares of 255', () => {
  const store = bytes(
    Uint8Array.from({length: 24}, (_, i) => i * 10),
    [4, 2, 3],
  );
  const rows = gatherBytes(store, tf.tensor1d([3, 0], 'int32'));
  assert.deepEqual(rows.shape, [2, 2, 3]);
  const expected = [180, 190, 200, 210, 220, 230, 0, 10, 20, 30, 40, 50].map(v => Math.fround(v / 255));
  rows.dataSync().forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) < 1e-7));
});

test('all of them together', () => {
  const all = shares(bytes(Uint8Array.of(0, 51, 102, 255), [2, 2]));
  assert.deepEqual([all.shape, all.dtype], [[2, 2], 'float32']);
  all.dataSync().forEach((value, i) => assert.ok(Math.abs(value - [0, 0.2, 0.4, 1][i]!) < 1e-7));
});

test('a wrong number of values is refused', () => {
  assert.throws(
    () => bytes(new Uint8Array(5), [2, 3]),
    /^RangeError: bytes: expected 6 values for shape \[2,3\], got 5/,
  );
});
