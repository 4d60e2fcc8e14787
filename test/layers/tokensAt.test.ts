import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {tokensAt} from '../../lib/layers/tokensAt';
import {close} from '../close';
import {flat} from '../flat';

const x = normal(key(0), [2, 4, 3]);
const places = tf.tensor2d(
  [
    [3, 0, 3],
    [1, 2, 0],
  ],
  undefined,
  'int32',
);

test("each image's tokens by its places; nothing else is left", async () => {
  const y = await flat(() => tokensAt(x, places), 1);
  const rows = x.arraySync();
  assert.deepEqual(y.arraySync(), [
    [rows[0]![3], rows[0]![0], rows[0]![3]],
    [rows[1]![1], rows[1]![2], rows[1]![0]],
  ]);
});

test('the gradient is that of a product with the places one-hot: taken twice, it is a sum', async () => {
  const dy = normal(key(1), [2, 3, 3]);
  const dx = await flat(() => tf.grad(tokens => tokensAt(tokens as tf.Tensor3D, places))(x, dy), 1);
  close(dx.dataSync(), tf.matMul(tf.oneHot(places, 4).cast('float32'), dy, true).dataSync(), 1e-6);
});

test('places of other images are refused', () => {
  assert.throws(
    () => tokensAt(x, places.slice(0, 1)),
    /^RangeError: tokensAt: expected tokens \[n, l, d\] and places \[n, k\], got \[2,4,3\] and \[1,3\]/,
  );
});
