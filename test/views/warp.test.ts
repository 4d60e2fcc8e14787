import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {warp} from '../../lib/views/warp';
import {close} from '../close';
import {flat} from '../flat';

const image = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
const moved = (...map: number[]) => [...warp(image, tf.tensor2d([map]), [9]).dataSync()];

test('closed forms: as it is, a pixel to the left, half a pixel, mirrored, beyond the border the fill', () => {
  assert.deepEqual(moved(1, 0, 0, 0, 1, 0), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(moved(1, 0, 1, 0, 1, 0), [2, 3, 9, 5, 6, 9]);
  // the last pixel's center lies on the border, which is outside
  assert.deepEqual(moved(1, 0, 0.5, 0, 1, 0), [1.5, 2.5, 9, 4.5, 5.5, 9]);
  assert.deepEqual(moved(-1, 0, 3, 0, 1, 0), [3, 2, 1, 6, 5, 4]);
  assert.deepEqual(moved(1, 0, 0, 0, 1, -1), [9, 9, 9, 1, 2, 3]);
  // outside the first center, inside the image
  assert.deepEqual(moved(1, 0, -0.25, 0, 1, 0), [1, 1.75, 2.75, 4, 4.75, 5.75]);
});

test('each image has its map and each channel its fill; a map and its inverse bring the middle back', async () => {
  const images = uniform(key(1), [2, 9, 9, 2]);
  const maps = tf.tensor2d([
    [1, 0, 0, 0, 1, 0],
    [1, 0, 20, 0, 1, 0],
  ]);
  const both = await flat(() => warp(images, maps, [0.25, 0.5]), 1);
  close(both.slice([0], [1]).dataSync(), images.slice([0], [1]).dataSync(), 1e-6);
  close(
    both.slice([1], [1]).dataSync(),
    Array.from({length: 162}, (_, i) => [0.25, 0.5][i % 2]!),
    1e-6,
  );
  const there = warp(
    images,
    tf.tensor2d([
      [1, 0, 2, 0, 1, -1],
      [1, 0, 2, 0, 1, -1],
    ]),
    [0, 0],
  );
  const back = warp(
    there,
    tf.tensor2d([
      [1, 0, -2, 0, 1, 1],
      [1, 0, -2, 0, 1, 1],
    ]),
    [0, 0],
  );
  close(back.slice([0, 2, 2, 0], [2, 5, 5, 2]).dataSync(), images.slice([0, 2, 2, 0], [2, 5, 5, 2]).dataSync(), 1e-6);
});

test('wrong numbers of maps and fills are refused', () => {
  assert.throws(
    () => warp(image, tf.zeros([2, 6]), [0]),
    /^RangeError: warp: expected one map of 6 numbers per image, \[1, 6\], got \[2,6\]$/,
  );
  assert.throws(
    () => warp(image, tf.zeros([1, 6]), [0, 0]),
    /^RangeError: warp: expected a fill for each of 1 channels, got \[0,0\]$/,
  );
});
