import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {patches, patchEmbedding} from '../../lib/layers/patchEmbedding';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';

test('patches row by row, in each its pixels row by row', () => {
  const images = tf.range(0, 2 * 4 * 6).reshape<tf.Tensor4D>([1, 4, 6, 2]);
  const y = patches(images, 2);
  assert.deepEqual(y.shape, [1, 6, 8]);
  // second row of patches, second column: pixels (2, 2), (2, 3), (3, 2), (3, 3)
  assert.deepEqual([...y.slice([0, 4, 0], [1, 1, 8]).dataSync()], [28, 29, 30, 31, 40, 41, 42, 43]);
});

test('the projection is a convolution whose stride is its kernel; nothing else is left', async () => {
  const module = patchEmbedding(3, 4, 5);
  const params = module.init(key(1)) as {proj: {weight: tf.Tensor4D; bias: tf.Tensor1D}};
  const images = tf.tensor4d(hashed('images', [2, 8, 12, 3]), [2, 8, 12, 3]);
  const y = await flat(() => module.apply(params, images, {}), 1);
  assert.deepEqual(y.shape, [2, 6, 5]);
  close(y.dataSync(), tf.conv2d(images, params.proj.weight, 4, 'valid').add(params.proj.bias).dataSync(), 2e-6);
});

test('images that the patch does not divide, or of other channels, are refused', () => {
  assert.throws(
    () => patches(tf.zeros([1, 8, 6, 3]), 4),
    /^RangeError: patches: expected a height and a width that are multiples of 4, got \[1,8,6,3\]/,
  );
  const module = patchEmbedding(3, 4, 5);
  assert.throws(
    () => module.apply(module.init(key(0)), tf.zeros([1, 8, 8, 1]), {}),
    /^RangeError: patchEmbedding: expected \[n, h, w, 3\], got \[1,8,8,1\]/,
  );
});
