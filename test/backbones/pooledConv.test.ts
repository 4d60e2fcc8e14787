import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pooledConv} from '../../lib/backbones/pooledConv';
import {valueAndGradients} from '../../lib/engine/gradients';
import {leaves} from '../../lib/engine/params';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';

test('embeds images of 16 to 64 px, in color or gray', () =>
  tf.tidy(() => {
    for (const [size, channels, width] of [
      [16, 3, 32],
      [28, 1, 64],
      [32, 3, 128],
      [64, 3, 32],
    ] as const) {
      const f = pooledConv({width, channels});
      const y = f.apply(f.init(key(0)), normal(key(1), [3, size, size, channels]), {});
      assert.deepEqual(y.shape, [3, width]);
      assert.equal(f.width, width);
      assert.ok(y.isFinite().all().dataSync()[0]);
    }
  }));

test('what is moved by eight pixels, the step of its last positions, has the same embedding', () =>
  tf.tidy(() => {
    const f = pooledConv({width: 32});
    const params = f.init(key(0));
    const at = (x: number) =>
      tf.pad(normal(key(1), [1, 8, 8, 3]), [
        [0, 0],
        [60, 60],
        [x, 120 - x], // far from the sides, whose zeros are seen up to 44 px away
        [0, 0],
      ]) as tf.Tensor4D;
    const embedded = (x: number) => f.apply(params, at(x), {}).dataSync();
    const [left, right, between] = [embedded(56), embedded(64), embedded(59)];
    assert.ok(left.every((value, i) => Math.abs(value - right[i]!) < 1e-5));
    assert.ok(left.some((value, i) => Math.abs(value - between[i]!) > 1e-3));
  }));

test('every parameter has a gradient, and the same key gives the same weights', () =>
  tf.tidy(() => {
    const f = pooledConv({width: 32});
    const params = f.init(key(5));
    const {gradients} = valueAndGradients(
      p => ({
        loss: f
          .apply(p, normal(key(1), [8, 16, 16, 3]), {})
          .square()
          .mean() as tf.Scalar,
        outputs: {},
      }),
      params,
    );
    const named = leaves(gradients);
    assert.equal(named.length, leaves(params).length);
    for (const [name, gradient] of named) assert.ok(gradient.abs().max().dataSync()[0]! > 0, name);
    leaves(f.init(key(5))).forEach(([name, tensor], i) =>
      assert.deepEqual(tensor.dataSync(), leaves(params)[i]![1].dataSync(), name),
    );
  }));

test('a width that is no multiple of 8 is refused', () => {
  assert.throws(
    () => pooledConv({width: 36}),
    /^RangeError: pooledConv: expected a width that is a multiple of 8, got 36/,
  );
});
