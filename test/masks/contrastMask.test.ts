import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {contrastMask} from '../../lib/masks/contrastMask';
import {drawMasks} from '../../lib/masks/drawMasks';
import {drawn, followsSeed} from './laws';

const grid = [3, 4] as const;

/**
 * [n, 6, 8, 3]: patches of 2 × 2 pixels of any color, those of each image with contrasts 0.1, 0.2
 * … of their own in an order of its own; the order, from the flattest.
 */
function images(n: number, seed: number): {view: tf.Tensor4D; order: number[][]} {
  return tf.tidy(() => {
    const order = tf.topk(uniform(key(seed), [n, 12]), 12).indices.arraySync();
    const contrast = order.map(row => row.map((_, token) => 0.1 * (1 + row.indexOf(token))));
    const checks = tf.tensor4d(
      Array.from({length: 48}, (_, i) => ((Math.floor(i / 8) + i) % 2 ? 1 : -1)),
      [1, 6, 8, 1],
    ); // a chessboard of pixels
    const inPixels = (tokens: tf.Tensor, c: number) =>
      tokens.reshape([n, 3, 1, 4, 1, c]).tile([1, 1, 2, 1, 2, 1]).reshape([n, 6, 8, c]);
    return {
      view: checks
        .mul(inPixels(tf.tensor2d(contrast), 1))
        .add<tf.Tensor4D>(inPixels(uniform(key(seed + 1), [n, 12, 3], {maximum: 5}), 3)),
      order,
    };
  });
}

test('low hides the flattest patches, high the most contrasted, of any color; as many as randomMask hides', () => {
  fc.assert(
    fc.property(fc.double({min: 0.05, max: 0.9, noNaN: true}), fc.integer({min: 0, max: 2 ** 50}), (ratio, seed) => {
      const count = 12 - Math.floor(12 * (1 - ratio));
      fc.pre(count < 12);
      const {view, order} = images(3, seed % 1000);
      const of = (mode: 'low' | 'high') => drawn(contrastMask({grid, mode, ratio}), 3, seed, {view}).masked;
      const sorted = (tokens: number[]) => [...tokens].sort((a, b) => a - b);
      assert.deepEqual(
        of('low'),
        order.map(row => sorted(row.slice(0, count))),
      );
      assert.deepEqual(
        of('high'),
        order.map(row => sorted(row.slice(12 - count))),
      );
      view.dispose();
    }),
    {numRuns: 30},
  );
});

test('every channel counts: a patch with contrast in one of them is not flat', () => {
  const view = tf.buffer([3, 4, 4, 3]);
  // a pixel of the upper right patch
  for (let channel = 0; channel < 3; channel++) view.set(1, channel, 1, 2, channel);
  assert.deepEqual(
    drawn(contrastMask({grid: [2, 2], mode: 'high', ratio: 0.25}), 3, 0, {view: view.toTensor() as tf.Tensor4D}).masked,
    [[1], [1], [1]],
  );
});

test('among flat patches chance decides, of one color or of several, and each is hidden as often as any other', () => {
  const colors = uniform(key(3), [1, 2, 2, 3], {maximum: 7});
  for (const flats of [tf.zeros([1, 8, 8, 3]), tf.image.resizeNearestNeighbor(colors, [8, 8])]) {
    const {masked} = drawn(contrastMask({grid: [2, 2], ratio: 0.5}), 2000, 1, {
      view: flats.tile([2000, 1, 1, 1]) as tf.Tensor4D,
    });
    for (let token = 0; token < 4; token++) {
      const hidden = masked.filter(row => row.includes(token)).length;
      assert.ok(Math.abs(hidden - 1000) < 4 * Math.sqrt(500), `token ${token} hidden in ${hidden} of 2,000`);
    }
  }
});

test('the seed decides', () => followsSeed(contrastMask({grid}), {view: tf.zeros([8, 6, 8, 3])}));

test('refused: no view, one the grid does not divide, one of other images, options out of range', () => {
  assert.throws(
    () => drawMasks(contrastMask({grid}), 2, 0),
    /^RangeError: contrastMask: expected the view whose contrast decides, got none: a data source gives it, drawMasks is given {view}/,
  );
  assert.throws(
    () => drawMasks(contrastMask({grid}), 2, 0, {view: tf.zeros([2, 8, 8, 3])}),
    /^RangeError: contrastMask: expected 2 images that a grid of 3 × 4 patches divides, got \[2,8,8,3\]/,
  );
  assert.throws(
    () => drawMasks(contrastMask({grid}), 3, 0, {view: tf.zeros([2, 6, 8, 3])}),
    /^RangeError: contrastMask: expected 3 images/,
  );
  for (const ratio of [0, 1])
    assert.throws(
      () => contrastMask({grid, ratio}),
      /^RangeError: contrastMask: expected a ratio of masked tokens above 0 and below 1, got /,
    );
  assert.throws(
    () => contrastMask({grid, ratio: 0.95}),
    /^RangeError: contrastMask: expected a ratio that masks some and keeps some of 12 tokens, got 0.95, which masks 12/,
  );
  assert.throws(
    () => contrastMask({grid, mode: 'middle' as 'low'}),
    /^RangeError: contrastMask: expected mode 'low' or 'high', got 'middle'/,
  );
});
