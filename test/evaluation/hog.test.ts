import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {hog} from '../../lib/evaluation/hog';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/hog.json';

const ramp = Array.from({length: 32 * 32 * 3}, (_, i) => {
  const [y, x, c] = [Math.floor(i / 96), Math.floor(i / 3) % 32, i % 3];
  return (y < 20 ? 3 * x + 2 * y : 90) + 10 * c + (y >= 8 && y < 20 && x >= 10 && x < 22 ? 100 : 0);
});
const images = {
  noise: tf.tensor4d(
    hashed('noise', [32 * 32 * 3]).map(v => Math.floor(128 * (v + 1)) / 255),
    [1, 32, 32, 3],
  ),
  ramp: tf.tensor4d(
    ramp.map(v => v / 255),
    [1, 32, 32, 3],
  ),
};

test('equals scikit-image', async () => {
  for (const {image, features, ...options} of reference.cases) {
    close((await flat(() => hog(images[image as keyof typeof images], options), 1)).dataSync(), features, 1e-5);
  }
});

test('each image by itself; brightness and contrast do not matter', () => {
  const both = tf.concat([images.noise, images.ramp]) as tf.Tensor4D;
  assert.deepEqual(hog(both).shape, [2, 1764]);
  close(hog(both).slice([1, 0]).dataSync(), hog(images.ramp).dataSync(), 1e-6);
  close(hog(both.div(2).add(0.25)).dataSync(), hog(both).dataSync(), 1e-3);
});

test('an even image gives zeros, a gray one what three equal channels give', () => {
  assert.ok(
    hog(tf.ones([1, 16, 16, 3]))
      .abs()
      .max()
      .dataSync()[0]! < 1e-6,
  );
  const gray = images.noise.slice([0, 0, 0, 0], [1, 32, 32, 1]);
  close(hog(gray).dataSync(), hog(tf.tile(gray, [1, 1, 1, 3])).dataSync(), 1e-6);
});

test('images without a whole block and options that are no numbers of cells are refused', () => {
  assert.throws(
    () => hog(tf.ones([1, 7, 32, 3])),
    /^RangeError: hog: expected images of at least 8 px for blocks of 2 × 2 cells of 4 px, got 7 × 32/,
  );
  assert.throws(() => hog(images.noise, {cell: 0}), /^RangeError: hog: expected cell a whole number from 1, got 0/);
  assert.throws(
    () => hog(images.noise, {orientations: 1}),
    /^RangeError: hog: expected orientations a whole number from 2, got 1/,
  );
});
