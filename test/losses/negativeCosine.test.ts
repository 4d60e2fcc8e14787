import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {negativeCosine} from '../../lib/losses/negativeCosine';
import {unit} from '../../lib/layers/unit';
import {close} from '../close';
import {flat} from '../flat';
import {reference} from '../methods/negativeFree/reference';
import {hashed} from '../reference/hashed';
import {slopes} from '../slopes';

const value = (loss: tf.Scalar) => loss.dataSync()[0]!;

test('−1 where all agree, 0 where they are orthogonal, 1 where they are opposite; the mean over rows', () => {
  const [x, y] = [
    tf.tensor2d([
      [3, 0],
      [0, 2],
    ]),
    tf.tensor2d([
      [0, 5],
      [-1, 0],
    ]),
  ];
  close(
    [value(negativeCosine(x, x.mul(7))), value(negativeCosine(x, y)), value(negativeCosine(x, x.neg()))],
    [-1, 0, 1],
    1e-6,
  );
  close(
    [
      value(
        negativeCosine(
          x,
          tf.tensor2d([
            [1, 0],
            [1, 0],
          ]),
        ),
      ),
    ],
    [-0.5],
    1e-6,
  );
});

test("equals torch's", () =>
  close(
    [value(negativeCosine(tf.tensor2d(hashed('a', [7, 5]), [7, 5]), tf.tensor2d(hashed('b', [7, 5]), [7, 5])))],
    [reference.negativeCosine],
    1e-6,
  ));

test("half of BYOL's squared distance of unit vectors, less 1; lengths do not matter", () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 6}),
      fc.integer({min: 1, max: 6}),
      fc.double({min: 0.1, max: 9, noNaN: true}),
      fc.nat(),
      (m, d, scale, seed) =>
        tf.tidy(() => {
          const [p, z] = [normal(key(seed), [m, d]), normal(key(seed + 1), [m, d])];
          const byol = unit(p).sub(unit(z)).square().sum(1).mean().dataSync()[0]!;
          close(
            [value(negativeCosine(p, z)), value(negativeCosine(p.mul(scale), z))],
            [byol / 2 - 1, byol / 2 - 1],
            1e-5,
          );
        }),
    ),
    {numRuns: 30},
  );
});

test('gradients of both are those of finite differences, and their sum over a row is orthogonal to it', () => {
  const [p, z] = [normal(key(1), [3, 4]), normal(key(2), [3, 4])];
  slopes(predictions => negativeCosine(predictions as tf.Tensor2D, z), p, [0, 5, 11]);
  slopes(targets => negativeCosine(p, targets as tf.Tensor2D), z, [0, 5, 11]);
  close(
    tf
      .grad((predictions: tf.Tensor) => negativeCosine(predictions as tf.Tensor2D, z))(p)
      .mul(p)
      .sum(1)
      .dataSync(),
    [0, 0, 0],
    1e-6,
  );
});

test('leaves one tensor; other shapes are refused', async () => {
  const p = normal(key(1), [3, 4]);
  await flat(() => negativeCosine(p, p), 1);
  assert.throws(
    () => negativeCosine(p, tf.ones([4, 3])),
    /^RangeError: negativeCosine: expected predictions and targets of one shape \[m, d\], got \[3,4\] and \[4,3\]/,
  );
});
