import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {gaussianBlur, kernelSize, randomBlur} from '../../lib/views/blur';
import {close} from '../close';
import {imagesOf, reference} from './reference';

test("equals torchvision's with mirrored borders, a plain convolution with zeros", () => {
  const images = imagesOf(reference.blur);
  for (const {values, ...options} of reference.blur.results)
    close(gaussianBlur(images, tf.tensor1d(reference.blur.sigmas), options).dataSync(), values, 1e-5);
});

test("SimCLR's kernel sizes", () => {
  assert.deepEqual([28, 32, 64, 96, 224].map(kernelSize), [3, 3, 7, 9, 23]);
});

test('an even image stays even; zeros outside darken its border', () => {
  const even = tf.fill([2, 32, 32, 1], 0.5) as tf.Tensor4D;
  close(gaussianBlur(even, tf.tensor1d([0.3, 2])).dataSync(), even.dataSync(), 1e-6);
  const darkened = gaussianBlur(even, tf.tensor1d([2, 2]), {padding: 'zero'}).arraySync();
  assert.ok(darkened[0]![0]![0]![0]! < 0.3 && Math.abs(darkened[0]![16]![16]![0]! - 0.5) < 1e-6);
});

test("σ is even between its bounds, each image's own; the same key draws the same; no tensor is left behind", () => {
  const point = tf.tile(
    tf.tensor4d([0, 1, 0], [1, 1, 3, 1]).pad([
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 0],
    ]),
    [4000, 1, 1, 1],
  ) as tf.Tensor4D;
  const before = tf.memory().numTensors;
  const blurred = () =>
    tf.tidy(
      () =>
        randomBlur({sigma: [0.5, 1.5], kernelSize: 3, padding: 'zero'})(point, key(1))
          .slice([0, 1, 0, 0], [-1, 1, 2, 1])
          .reshape([4000, 2])
          .arraySync() as [number, number][],
    );
  const sigmas = blurred()
    .map(([side, center]) => Math.sqrt(-0.5 / Math.log(side / center)))
    .sort((a, b) => a - b); // side / center = exp(−1 / 2σ²)
  sigmas.forEach((sigma, i) => assert.ok(Math.abs(sigma - (0.5 + i / 4000)) < 0.03, `quantile ${i / 4000}: ${sigma}`));
  assert.deepEqual(blurred(), blurred());
  assert.equal(tf.memory().numTensors, before);
  const noise = uniform(key(2), [8, 16, 16, 3]);
  assert.ok(
    randomBlur()(noise, key(3))
      .dataSync()
      .every(v => v >= 0 && v <= 1),
  );
});

test('even kernels, kernels beyond the mirrored image and wrong numbers of σ are refused', () => {
  const images = tf.zeros([2, 8, 8, 3]) as tf.Tensor4D;
  assert.throws(
    () => gaussianBlur(images, tf.ones([2]), {kernelSize: 4}),
    /^RangeError: gaussianBlur: expected an odd kernel size, got 4/,
  );
  assert.throws(
    () => gaussianBlur(images, tf.ones([2]), {kernelSize: 17}),
    /^RangeError: gaussianBlur: expected a kernel size below twice the side/,
  );
  assert.throws(
    () => gaussianBlur(images, tf.ones([3])),
    /^RangeError: gaussianBlur: expected one sigma per image, \[2\], got \[3\]/,
  );
  assert.throws(() => randomBlur({sigma: [0, 1]}), /^RangeError: randomBlur: expected 0 < smallest sigma/);
});
