import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {batchNorm} from '../../lib/layers/batchNorm';
import {mlp} from '../../lib/layers/mlp';
import {close} from '../close';
import {hashed} from '../reference/hashed';
import reference from '../reference/layers.json';

type X = tf.Tensor2D | tf.Tensor4D;
const vector = (name: string) => tf.tensor1d(hashed(name, [5]));

for (const name of ['batchNorm images', 'batchNorm rows'] as const) {
  const {shape, y, dx, dw, db, population, mean, variance} = reference[name];
  const x = tf.tensor(hashed(`${name} x`, shape), shape as [number, number]) as X;
  const params = {weight: vector(`${name} w`), bias: vector(`${name} b`)};

  test(`${name}: output, gradients and moments of the batch as torch's`, () => {
    const module = batchNorm<X>(5);
    let collected: number[][] = [];
    const out = module.apply(params, x, {
      collect: (path, batchMean, batchVariance) => {
        collected = [[...batchMean.dataSync()], [...batchVariance.dataSync()]];
        assert.equal(path, '');
      },
    });
    close(out.dataSync(), y, 5e-6);
    close(collected[0]!, mean, 1e-6);
    close(collected[1]!, variance, 1e-6);
    const f = (input: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => module.apply({weight, bias}, input as X, {});
    const [gx, gw, gb] = tf.grads(f)([x, params.weight, params.bias], tf.tensor(hashed(`${name} dy`, shape), shape));
    close(gx!.dataSync(), dx, 1e-5);
    close(gw!.dataSync(), dw, 1e-5);
    close(gb!.dataSync(), db, 1e-5);
  });

  test(`${name}: population statistics as torch's evaluation mode`, () => {
    const statistics = {running_mean: vector(`${name} mean`), running_var: vector(`${name} variance`).abs().add(0.1)};
    close(batchNorm<X>(5).apply(params, x, {statistics}).dataSync(), population, 2e-6);
  });
}

test('gradient by finite differences', () => {
  const x = tf.tensor2d(hashed('x', [6, 5]), [6, 5]);
  const dy = tf.tensor2d(hashed('dy', [6, 5]), [6, 5]);
  const params = {weight: vector('w'), bias: vector('b')};
  const f = (input: tf.Tensor) =>
    batchNorm<tf.Tensor2D>(5)
      .apply(params, input as tf.Tensor2D, {})
      .mul(dy)
      .sum() as tf.Scalar;
  const gradient = tf.grad(f)(x).dataSync();
  for (const at of [0, 7, 29]) {
    const moved = (by: number) =>
      f(
        tf.tensor2d(
          hashed('x', [6, 5]).map((v, i) => (i === at ? v + by : v)),
          [6, 5],
        ),
      ).dataSync()[0]!;
    close([gradient[at]!], [(moved(0.005) - moved(-0.005)) / 0.01], 2e-3);
  }
});

test('a constant channel becomes its bias; without affine every channel gets mean 0 and variance 1', () => {
  const module = batchNorm<tf.Tensor2D>(5);
  close(
    module
      .apply({weight: tf.ones([5]), bias: vector('b')}, tf.fill([8, 5], 3), {})
      .slice([0, 0], [1, 5])
      .dataSync(),
    hashed('b', [5]),
    1e-6,
  );
  const plain = batchNorm<tf.Tensor2D>(5, {affine: false});
  const {mean, variance} = tf.moments(
    plain.apply(plain.init(key(0)), tf.tensor2d(hashed('x', [64, 5], 3), [64, 5]), {}),
    0,
  );
  close(mean.dataSync(), [0, 0, 0, 0, 0], 1e-6);
  close(variance.dataSync(), [1, 1, 1, 1, 1], 1e-4);
});

test('rows that differ by rounding alone become the bias, with the usual gradients; others are normalized', () => {
  const noise = tf.tensor2d(hashed('x', [6, 5]), [6, 5]);
  const row = tf.tensor1d([3, -2, 0, 1e-3, 1]);
  const dy = tf.tensor2d(hashed('dy', [6, 5]), [6, 5]);
  const module = batchNorm<tf.Tensor2D>(5);
  const params = {weight: vector('w'), bias: vector('b')};
  const alike = row.add(noise.mul(2e-6)) as tf.Tensor2D;
  const apart = row.add(noise.mul(2e-4)) as tf.Tensor2D;
  assert.deepEqual([...module.apply(params, alike, {}).dataSync()], [...params.bias.tile([6]).dataSync()]);
  const {mean, variance} = tf.moments(apart, 0);
  close(
    module.apply(params, apart, {}).dataSync(),
    apart.sub(mean).div(variance.add(1e-5).sqrt()).mul(params.weight).add(params.bias).dataSync(),
    1e-4,
  );
  const gradient = tf.grad((x: tf.Tensor) => module.apply(params, x as tf.Tensor2D, {}).mul(dy))(alike);
  // that of a constant channel
  close(gradient.div(1e-5 ** -0.5).dataSync(), dy.sub(dy.mean(0)).mul(params.weight).dataSync(), 1e-3);
  close(module.apply(params, tf.zeros([6, 5]), {}).dataSync(), params.bias.tile([6]).dataSync(), 0);
});

test('one value a channel, and statistics that lack this place, are refused', () => {
  const module = batchNorm<tf.Tensor2D>(5);
  const params = module.init(key(0));
  assert.throws(
    () => module.apply(params, tf.zeros([1, 5]), {}),
    /^RangeError: batchNorm: expected more than one value a channel, got \[1,5\]/,
  );
  assert.throws(
    () => module.apply(params, tf.zeros([2, 5]), {statistics: {}}),
    /^RangeError: batchNorm: expected running_mean and running_var/,
  );
  const head = mlp([3, 5, 2]);
  const k = key(0);
  assert.throws(
    () => head.apply(head.init(k), tf.zeros([2, 3]), {statistics: {other: {}}}),
    /^RangeError: batchNorm: expected running_mean and running_var/,
  ); // and not the batch's
});
