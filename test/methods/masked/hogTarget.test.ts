import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../../lib/engine/tf';
import {hogTarget} from '../../../lib/methods/masked/hogTarget';
import {close} from '../../close';
import {flat} from '../../flat';
import {hog as reference} from '../../reference/maskedMethods.json';
import {images} from './predictors';

/** As in test/reference/maskedMethods.py: a ramp with an even half. */
const ramp = () =>
  tf.tidy(() => {
    const across = tf
      .linspace(-1, 1, 16)
      .reshape([1, 1, 16, 1])
      .mul(tf.tensor1d([1, -0.5, 0.2]))
      .add(tf.linspace(0, 2, 16).reshape([1, 16, 1, 1]));
    return tf.concat([across.slice([0, 0], [1, 8]), tf.fill([1, 8, 16, 3], 0.5)], 1) as tf.Tensor4D;
  });

test("equals MaskFeat's, in the order cell row, cell column, channel, orientation", async () => {
  for (const {image, patch, cell, orientations, values} of reference) {
    const shown =
      image === 'ramp'
        ? ramp()
        : (images.slice(0, [1, ...(values.length === 432 ? [8, 8] : [16, 16]), 3]) as tf.Tensor4D);
    const target = hogTarget({cell, orientations});
    const found = await flat(() => target.of(shown, patch), 1);
    assert.deepEqual(found.shape, [1, (shown.shape[1] / patch) ** 2, target.width(patch, 3)]);
    close(found.dataSync(), values, 1e-5);
  }
});

test('each histogram has length 1, that of an even cell 0; level and contrast of a channel do not matter', () => {
  const target = hogTarget();
  const found = target.of(images, 4);
  close(found.reshape([-1, 9]).norm(2, 1).dataSync(), Array(3 * 16 * 4 * 3).fill(1), 1e-5);
  close(
    target.of(images.mul(tf.tensor1d([3, 0.2, 1])).add(tf.tensor1d([1, -2, 0])) as tf.Tensor4D, 4).dataSync(),
    found.dataSync(),
    1e-3,
  );
  close(target.of(tf.fill([1, 8, 8, 3], 0.3), 4).dataSync(), Array(4 * 108).fill(0), 0);
});

test('an edge votes for its orientation, whichever side is bright', () => {
  // upright
  const edge = tf.concat([tf.zeros([1, 8, 4, 1]), tf.ones([1, 8, 4, 1])], 2) as tf.Tensor4D;
  const bins = (image: tf.Tensor4D) => [
    ...hogTarget({cell: 8}).of(image, 8).argMax(2).dataSync(),
    ...hogTarget({cell: 8}).of(image, 8).max(2).dataSync(),
  ];
  assert.deepEqual(bins(edge), [4, 1]); // 90° from the vertical, of bins 20° wide
  assert.deepEqual(bins(tf.sub(1, edge)), [4, 1]);
  assert.deepEqual(bins(edge.transpose([0, 2, 1, 3])), [0, 1]);
  assert.deepEqual(bins(tf.sub(1, edge.transpose([0, 2, 1, 3]))), [0, 1]);
});

test('cells that do not fill the patch, halves of an odd one and a single orientation are refused', () => {
  assert.throws(
    () => hogTarget({cell: 3}).of(images, 4),
    /^RangeError: hogTarget: expected a side of cells in whole pixels that divides a patch of 4 px, got 3$/,
  );
  assert.throws(
    () => hogTarget().width(5, 3),
    /^RangeError: hogTarget: expected a side of cells in whole pixels that divides a patch of 5 px, got 2.5$/,
  );
  assert.throws(
    () => hogTarget({orientations: 1}),
    /^RangeError: hogTarget: expected orientations a whole number from 2, got 1$/,
  );
});
