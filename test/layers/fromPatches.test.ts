import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {fromPatches} from '../../lib/layers/fromPatches';
import {patches} from '../../lib/layers/patchEmbedding';
import {flat} from '../flat';

test('patches put together are the images they were cut from, of any shape', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...([3, 4, 4, 5, 4].map(max => fc.integer({min: 1, max})) as [
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
      ]),
      async (n, rows, columns, size, c) => {
        const images = tf
          .range(0, n * rows * columns * size ** 2 * c)
          .reshape<tf.Tensor4D>([n, rows * size, columns * size, c]);
        const cut = patches(images, size);
        const found = await flat(() => fromPatches(cut, [rows, columns], size), 1);
        assert.deepEqual([found.shape, found.dataSync()], [images.shape, images.dataSync()]);
        tf.dispose([images, cut, found]);
      },
    ),
    {numRuns: 30},
  );
});

test('another number of patches, and pixels without whole channels, are refused', () => {
  assert.throws(
    () => fromPatches(tf.zeros([1, 6, 12]), [2, 2], 2),
    /^RangeError: fromPatches: expected 2 × 2 patches of 2 × 2 pixels, got \[1,6,12\]$/,
  );
  assert.throws(
    () => fromPatches(tf.zeros([1, 4, 6]), [2, 2], 2),
    /^RangeError: fromPatches: expected 2 × 2 patches of 2 × 2 pixels, got \[1,4,6\]$/,
  );
});
