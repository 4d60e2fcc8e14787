import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {tokenDistance} from '../../lib/losses/tokenDistance';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import {pieces} from '../reference/maskedPredictors.json';
import {slopes} from '../slopes';

const value = (loss: tf.Scalar) => loss.dataSync()[0]!;
const [a, b] = ['a', 'b'].map(name => tf.tensor3d(hashed(name, [2, 3, 5], 3), [2, 3, 5])) as [tf.Tensor3D, tf.Tensor3D];

test('where all values differ by x: x²/2β below β, |x| − β/2 above, x² squared, |x| absolute', () => {
  const at = (x: number, options: Parameters<typeof tokenDistance>[2]) =>
    value(tokenDistance(tf.fill([2, 3, 4], x), tf.zeros([2, 3, 4]), options));
  close(
    [
      at(1, {}),
      at(-0.5, {}),
      at(-3, {}),
      at(1, {beta: 2}),
      at(3, {beta: 2}),
      at(-3, {distance: 'squared'}),
      at(-3, {distance: 'absolute'}),
      at(0, {}),
    ],
    [0.5, 0.125, 2.5, 0.25, 2, 9, 3, 0],
    1e-6,
  );
});

test("equals torch's smooth_l1_loss and mse_loss", () => {
  for (const [beta, expected] of Object.entries(pieces.smoothL1))
    close([value(tokenDistance(a, b, {beta: Number(beta)}))], [expected], 1e-6);
  close([value(tokenDistance(a, b, {distance: 'squared'}))], [pieces.squared], 1e-6);
});

test('only the tokens that count do: the loss is that of them alone, and others get no gradient', () => {
  const counted = tf.tensor2d([
    [1, 0, 1],
    [0, 0, 1],
  ]);
  const alone = (x: tf.Tensor3D) =>
    tf.concat([x.slice([0, 0], [1, 1]), x.slice([0, 2], [1, 1]), x.slice([1, 2], [1, 1])], 1);
  for (const distance of ['smoothL1', 'squared', 'absolute'] as const)
    close(
      [value(tokenDistance(a, b, {distance, counted}))],
      [value(tokenDistance(alone(a), alone(b), {distance}))],
      1e-6,
    );
  const gradient = tf.grad((tokens: tf.Tensor) => tokenDistance(tokens, b, {counted}))(a);
  close(gradient.abs().sum(2).greater(0).toInt().dataSync(), [1, 0, 1, 0, 0, 1], 0);
});

test('symmetric, unchanged by a common offset; smooth L1 is squared at a large β, absolute at a small one', () => {
  // a large β: half the squared distance by β
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 4}),
      fc.integer({min: 1, max: 4}),
      fc.double({min: -5, max: 5, noNaN: true}),
      fc.nat(),
      (n, d, offset, seed) =>
        tf.tidy(() => {
          const [x, y] = [normal(key(seed), [n, 2, d]), normal(key(seed + 1), [n, 2, d])];
          const distance = value(tokenDistance(x, y));
          close(
            [value(tokenDistance(y, x)), value(tokenDistance(x.add(offset), y.add(offset)))],
            [distance, distance],
            1e-5,
          );
          close(
            [value(tokenDistance(x, y, {beta: 100})) * 200],
            [value(tokenDistance(x, y, {distance: 'squared'}))],
            1e-5,
          );
          close([value(tokenDistance(x, y, {beta: 1e-6}))], [value(tokenDistance(x, y, {distance: 'absolute'}))], 1e-5);
        }),
    ),
    {numRuns: 30},
  );
});

test('gradients of both are those of finite differences', () => {
  for (const options of [{beta: 0.7}, {distance: 'squared'}, {distance: 'absolute'}] as const) {
    slopes(x => tokenDistance(x, b, options), a, [0, 13, 29]);
    slopes(y => tokenDistance(a, y, options), b, [0, 13, 29]);
  }
});

test('leaves one tensor; other shapes, distances and β ≤ 0 are refused', async () => {
  await flat(() => tokenDistance(a, b, {counted: undefined}), 1);
  assert.throws(
    () => tokenDistance(a, tf.zeros([2, 3, 4])),
    /^RangeError: tokenDistance: expected predictions and targets of one shape, got \[2,3,5\] and \[2,3,4\]$/,
  );
  assert.throws(
    () => tokenDistance(a, b, {counted: tf.ones([3, 2])}),
    /^RangeError: tokenDistance: expected counted \[2,3\], got \[3,2\]$/,
  );
  assert.throws(
    () => tokenDistance(a, b, {distance: 'cosine' as 'squared'}),
    /^RangeError: tokenDistance: expected distance 'smoothL1', 'squared' or 'absolute', got 'cosine'$/,
  );
  assert.throws(() => tokenDistance(a, b, {beta: 0}), /^RangeError: tokenDistance: expected beta > 0, got 0$/);
});
