import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {masksOf, type MaskStrategy} from '../../lib/masks/masks';
import {variedMask} from '../../lib/masks/variedMask';
import {flat} from '../flat';
import {evenMask} from '../methods/masked/evenMask';

/** Exactly ⌊ratio · 100⌋ tokens, drawn on the device. */
const exact = (ratio: number): MaskStrategy => ({
  grid: [10, 10],
  draw: (k, n) =>
    tf.tidy(() => {
      const noise = uniform(k, [n, 100]);
      const count = Math.floor(ratio * 100);
      return masksOf(
        noise
          .less(
            tf
              .topk(noise.neg(), count + 1)
              .values.neg()
              .slice([0, count], [-1, 1]),
          )
          .toFloat() as tf.Tensor2D,
      );
    }),
});
/** The same number, from a place that the seed decides, told by the host. */
const onHost = (ratio: number): MaskStrategy<{masked: tf.Tensor2D}> => ({
  grid: [10, 10],
  host: {
    inputs: {masked: {dtype: 'float32', shape: [null, 100]}},
    draw: (n, seed) => ({
      masked: tf.tensor2d(
        Array.from({length: n}, () =>
          Array.from({length: 100}, (_, i) => ((i + seed) % 100 < Math.floor(ratio * 100) ? 1 : 0)),
        ),
      ),
    }),
  },
  draw: (_key, _n, {masked}) => masksOf(masked),
});
const shares = (masked: tf.Tensor2D) => [...masked.mean(1).dataSync()];
const near = (value: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(value - expected) < tolerance, `${value}, expected ${expected}`);

test('on the device: nothing of half of the images, of the others ratios all over the range', async () => {
  const k = key(1);
  const strategy = variedMask({strategy: exact});
  const {masked, kept, valid} = await flat(() => strategy.draw(k, 2000, {}), 3);
  assert.deepEqual(
    [strategy.grid, strategy.host, kept.shape, valid!.shape],
    [[10, 10], undefined, [2000, 100], [2000, 100]],
  );
  const some = shares(masked).filter(share => share > 0);
  near(some.length / 2000, 0.5, 0.04);
  assert.equal(new Set(some).size, 8);
  near(Math.min(...some), 0.12, 1e-6);
  near(Math.max(...some), 0.47, 1e-6);
  near(some.reduce((a, b) => a + b) / some.length, 0.295, 0.01);
  assert.deepEqual(strategy.draw(k, 50, {}).masked.arraySync(), strategy.draw(k, 50, {}).masked.arraySync());
  assert.notDeepEqual(strategy.draw(key(2), 50, {}).masked.arraySync(), strategy.draw(k, 50, {}).masked.arraySync());
});

test('on the host each image has a ratio and a seed of its own, the same for the same seed', async () => {
  const strategy = variedMask({strategy: onHost, probability: 1});
  const inputs = await flat(() => strategy.host!.draw(400, 3), 1);
  assert.deepEqual([inputs.masked.shape, strategy.host!.inputs], [[400, 100], onHost(0.5).host!.inputs]);
  const {masked} = strategy.draw(key(0), 400, inputs);
  assert.deepEqual(masked.arraySync(), inputs.masked.arraySync());
  const found = shares(masked);
  assert.ok(Math.min(...found) >= 0.1 - 1e-6 && Math.max(...found) < 0.5 && new Set(found).size > 30);
  near(found.reduce((a, b) => a + b) / 400, 0.295, 0.02);
  assert.ok(new Set(masked.argMax(1).dataSync()).size > 40, 'blocks lie everywhere');
  assert.deepEqual(strategy.host!.draw(400, 3).masked.arraySync(), inputs.masked.arraySync());
  assert.notDeepEqual(strategy.host!.draw(400, 4).masked.arraySync(), inputs.masked.arraySync());
});

test('one ratio and probability 1 are the strategy itself; what a strategy is told reaches it', () => {
  const {masked} = variedMask({strategy: exact, ratio: [0.3, 0.3], probability: 1}).draw(key(4), 20, {});
  assert.ok(shares(masked).every(share => Math.abs(share - 0.3) < 1e-6));
  const told: MaskStrategy<{attention: tf.Tensor2D}> = {
    grid: [10, 10],
    draw: (_key, _n, {attention}) => masksOf(attention.greater(0.5).toFloat() as tf.Tensor2D),
  };
  const attention = uniform(key(5), [20, 100]);
  assert.deepEqual(
    variedMask({strategy: () => told, probability: 1})
      .draw(key(4), 20, {attention})
      .masked.arraySync(),
    attention.greater(0.5).toFloat().arraySync(),
  );
});

test('an empty range, ratios of nothing or of all, no level and impossible probabilities are refused', () => {
  const make = (options: Partial<Parameters<typeof variedMask>[0]>) => () =>
    variedMask({strategy: ratio => evenMask([4, 4], ratio), ...options});
  assert.throws(
    make({ratio: [0.5, 0.1]}),
    /^RangeError: variedMask: expected a smallest and a largest ratio, got \[0.5, 0.1\]$/,
  );
  for (const [ratio, wrong] of [
    [[0, 0.5], 0],
    [[0.5, 1], 1],
  ] as const)
    assert.throws(
      make({ratio}),
      new RegExp(`^RangeError: variedMask: expected a ratio of masked tokens above 0 and below 1, got ${wrong}$`),
    );
  for (const probability of [0, 1.5])
    assert.throws(
      make({probability}),
      new RegExp(`^RangeError: variedMask: expected a probability above 0 and at most 1, got ${probability}$`),
    );
  assert.throws(make({levels: 0}), /^RangeError: variedMask: expected levels a whole number from 1, got 0$/);
});
