import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {masksOf} from '../../lib/masks/masks';
import {flat} from '../flat';

test('kept tokens ascend, and are all that is not masked', async () => {
  const dense = tf.tensor2d([
    [1, 0, 0, 1, 0],
    [0, 1, 1, 0, 0],
  ]);
  const {masked, kept, valid} = await flat(() => masksOf(dense, 3), 2);
  assert.deepEqual(kept.arraySync(), [
    [1, 2, 4],
    [0, 3, 4],
  ]);
  assert.equal(kept.dtype, 'int32');
  assert.deepEqual(masked.arraySync(), dense.arraySync());
  assert.equal(valid, undefined);
});

test('where images keep different numbers, valid tells which are kept', () => {
  const {kept, valid} = masksOf(
    tf.tensor2d([
      [1, 0, 1, 1],
      [0, 0, 1, 0],
    ]),
  );
  assert.deepEqual(kept.arraySync(), [
    [1, 0, 2, 3],
    [0, 1, 3, 2],
  ]);
  assert.deepEqual(valid!.arraySync(), [
    [1, 0, 0, 0],
    [1, 1, 1, 0],
  ]);
});

test('no kept token, and more than there are, are refused', () => {
  for (const keep of [0, 5, 1.5])
    assert.throws(
      () => masksOf(tf.zeros([2, 4]), keep),
      /^RangeError: masksOf: expected from 1 to 4 kept tokens, got /,
    );
});
