import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {parseIdx} from '../../../lib/datasets/files/idx';
import {idxFile} from '../idxFile';

test('bytes, in their shape', () => {
  assert.deepEqual(parseIdx(idxFile(8, [2, 3], Buffer.from([1, 2, 3, 250, 5, 6]))), {
    shape: [2, 3],
    values: Buffer.from([1, 2, 3, 250, 5, 6]),
  });
});

test('the other types, big-endian', () => {
  assert.deepEqual(parseIdx(idxFile(0x09, [2], Buffer.from([1, 255]))).values, Float64Array.of(1, -1));
  assert.deepEqual(parseIdx(idxFile(0x0b, [1], Buffer.from('fffe', 'hex'))).values, Float64Array.of(-2));
  assert.deepEqual(parseIdx(idxFile(0x0c, [1], Buffer.from('00010000', 'hex'))).values, Float64Array.of(65536));
  assert.deepEqual(parseIdx(idxFile(0x0d, [1], Buffer.from('3fc00000', 'hex'))).values, Float64Array.of(1.5));
  assert.deepEqual(parseIdx(idxFile(0x0e, [1], Buffer.from('bff8000000000000', 'hex'))).values, Float64Array.of(-1.5));
});

test('what is no IDX file is named', () => {
  const good = idxFile(8, [2, 3], Buffer.alloc(6));
  assert.throws(
    () => parseIdx(good.subarray(0, 11), 'a.idx'),
    /^RangeError: parseIdx: expected the sizes of 2 axes, got a\.idx, which ends after 11 bytes/,
  );
  assert.throws(
    () => parseIdx(good.subarray(0, 17), 'a.idx'),
    /^RangeError: parseIdx: expected 18 bytes for the shape \[2,3\], got a\.idx of 17/,
  );
  assert.throws(() => parseIdx(Buffer.concat([good, Buffer.alloc(1)])), /expected 18 bytes .* got the file of 19/);
  assert.throws(
    () => parseIdx(gzipSync(good), 'a.gz'),
    /^RangeError: parseIdx: expected an unpacked IDX file, got a\.gz, which is gzipped/,
  );
  assert.throws(
    () => parseIdx(Buffer.from('<html>')),
    /^RangeError: parseIdx: expected an IDX file .* begins with 3c68746d/,
  );
  assert.throws(() => parseIdx(Buffer.alloc(0)), /begins with nothing/);
});
