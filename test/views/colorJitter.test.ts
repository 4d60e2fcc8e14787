import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {colorJitter, randomOrders} from '../../lib/views/colorJitter';

test('each of the 24 orders is as likely', () => {
  const counts = new Map<string, number>();
  for (const order of randomOrders(key(1), 24_000).arraySync())
    counts.set(order.join(''), (counts.get(order.join('')) ?? 0) + 1);
  assert.equal(counts.size, 24);
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  assert.ok(chiSquare < 49.7, `χ² = ${chiSquare}`); // 23 degrees of freedom: p = .001
  for (const order of counts.keys()) assert.deepEqual([...order].sort(), ['0', '1', '2', '3']);
});

test('the factor of brightness is even between its bounds, and cannot be negative', () => {
  const images = tf.fill([20_000, 1, 1, 1], 0.25) as tf.Tensor4D;
  const factors = colorJitter({brightness: 0.5})(images, key(2))
    .dataSync()
    .map(v => v / 0.25);
  const sorted = [...factors].sort((a, b) => a - b);
  sorted.forEach((f, i) => assert.ok(Math.abs(f - (0.5 + i / 20_000)) < 0.015));
  const strong = colorJitter({brightness: 3})(images, key(2)).dataSync();
  assert.ok(Math.min(...strong) < 1e-3 && Math.max(...strong) > 0.99);
});

test('images stay in [0, 1] and keep their shape; the same key draws the same', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.constantFrom(1, 3),
      fc.double({min: 0, max: 2, noNaN: true}),
      fc.double({min: 0, max: 0.5, noNaN: true}),
      (seed, channels, strength, hue) =>
        tf.tidy(() => {
          const images = uniform(key(seed), [5, 4, 3, channels]);
          const jitter = colorJitter({brightness: strength, contrast: strength, saturation: strength, hue});
          const [a, b] = [jitter(images, key(seed)), jitter(images, key(seed))];
          assert.deepEqual(a.shape, images.shape);
          assert.ok(a.dataSync().every(v => v >= 0 && v <= 1));
          assert.deepEqual(a.dataSync(), b.dataSync());
        }),
    ),
    {numRuns: 40},
  );
});

test('images are drawn for one by one, and no tensor is left behind', () => {
  const images = tf.tile(uniform(key(3), [1, 4, 4, 3]), [6, 1, 1, 1]) as tf.Tensor4D;
  const before = tf.memory().numTensors;
  const values = tf.tidy(() =>
    colorJitter({brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1})(images, key(4)).arraySync(),
  );
  assert.equal(tf.memory().numTensors, before);
  assert.equal(new Set(values.map(image => image.join())).size, 6);
});

test('negative strengths and a hue above half a turn are refused', () => {
  assert.throws(
    () => colorJitter({contrast: -0.1}),
    /^RangeError: colorJitter: expected strengths from 0, got brightness 0, contrast -0.1/,
  );
  assert.throws(
    () => colorJitter({hue: 0.6}),
    /^RangeError: colorJitter: expected a hue from 0 to 0.5 of a turn, got 0.6/,
  );
});
