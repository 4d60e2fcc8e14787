// That this is PIL's, randAugment.test.ts says.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {adjustSharpness} from '../../lib/views/sharpness';
import {close} from '../close';
import {flat} from '../flat';

test('a point of 0.5 keeps 5/13 when it is smoothed and gains 8/13 when sharpened twice; its border stays', () => {
  const point = tf.tensor4d([0, 0, 0, 0, 0.5, 0, 0, 0, 0.1], [1, 3, 3, 1]);
  const middle = 0.5 - (0.5 * 5 + 0.1) / 13;
  close(adjustSharpness(point, tf.tensor1d([0])).dataSync(), [0, 0, 0, 0, 0.5 - middle, 0, 0, 0, 0.1], 1e-6);
  close(adjustSharpness(point, tf.tensor1d([2])).dataSync(), [0, 0, 0, 0, 0.5 + middle, 0, 0, 0, 0.1], 1e-6);
});

test('1 changes nothing, an even image stays, each image has its own factor; no tensor is left', async () => {
  const images = uniform(key(1), [2, 6, 7, 3]);
  const factors = tf.tensor1d([1, 0]);
  const both = await flat(() => adjustSharpness(images, factors), 1);
  close(both.slice([0], [1]).dataSync(), images.slice([0], [1]).dataSync(), 1e-6);
  close(both.slice([1], [1]).dataSync(), adjustSharpness(images.slice([1], [1]), tf.tensor1d([0])).dataSync(), 1e-6);
  close(adjustSharpness(tf.fill([1, 5, 5, 1], 0.3), tf.tensor1d([1.9])).dataSync(), Array(25).fill(0.3), 1e-6);
});

test('tiny images and wrong numbers of factors are refused', () => {
  assert.throws(
    () => adjustSharpness(tf.zeros([1, 2, 5, 1]), tf.ones([1])),
    /^RangeError: adjustSharpness: expected images of at least 3 × 3 pixels, got \[1,2,5,1\]$/,
  );
  assert.throws(
    () => adjustSharpness(tf.zeros([1, 5, 5, 1]), tf.ones([2])),
    /^RangeError: adjustSharpness: expected one factor per image, \[1\], got \[2\]$/,
  );
});
