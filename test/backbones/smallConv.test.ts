import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../lib/backbones/smallConv';
import {valueAndGradients} from '../../lib/engine/gradients';
import {key, normal, split, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {dispose, leaves} from '../../lib/engine/params';
import {adamW} from '../../lib/training/adamW';

test('embeds images of 28, 32 and 64 px, in color or gray', () =>
  tf.tidy(() => {
    for (const [size, channels, width] of [
      [28, 1, 32],
      [32, 3, 128],
      [64, 3, 32],
    ] as const) {
      const f = smallConv({width, channels});
      const y = f.apply(f.init(key(0)), normal(key(1), [3, size, size, channels]), {});
      assert.deepEqual(y.shape, [3, width]);
      assert.equal(f.width, width);
      assert.ok(y.isFinite().all().dataSync()[0]);
    }
  }));

test('learns to tell stripes by their direction in 40 small batches; tensors stay flat', () => {
  const f = smallConv({width: 16});
  const optimizer = adamW({decay: 0});
  let params = {f: f.init(key(2)), head: normal(key(3), [16])};
  let slots = optimizer.init(params);
  const step = {key: key(0), index: tf.scalar(0, 'int32'), progress: tf.scalar(0), stepsPerEpoch: 40, epochs: 1};
  const labels = tf.tensor1d(Array.from({length: 32}, (_, i) => i % 2));
  const losses: number[] = [];
  const tensors: number[] = [];
  for (let i = 0; i < 40; i++) {
    const [value, next] = tf.tidy(() => {
      const [a, b] = split(key(i), 2);
      const stripes = tf
        .range(0, 16)
        .reshape([1, 16, 1, 1])
        .add(uniform(a!, [32, 1, 1, 1], {maximum: 8}))
        .mul(0.8)
        .sin(); // [32, 16, 1, 1]
      const turned = tf.where(
        labels.reshape([32, 1, 1, 1]).greater(0),
        stripes.tile([1, 1, 16, 3]),
        stripes.transpose([0, 2, 1, 3]).tile([1, 16, 1, 3]),
      );
      const images = turned.add(normal(b!, [32, 16, 16, 3]).mul(0.3)) as tf.Tensor4D;
      const {loss, gradients} = valueAndGradients(({f: p, head}) => {
        const logit = f.apply(p, images, {}).mul(head).sum(1);
        return {loss: tf.softplus(logit).sub(logit.mul(labels)).mean() as tf.Scalar, outputs: {}};
      }, params);
      return [loss.dataSync()[0]!, optimizer.update(params, gradients, slots, {rate: 0.01, peak: 0.01, step})] as const;
    });
    [params, slots].forEach(dispose);
    ({params, slots} = next);
    losses.push(value);
    tensors.push(tf.memory().numTensors);
  }
  assert.ok(losses[0]! > 0.4 && Math.max(...losses.slice(-5)) < 0.1, `loss from ${losses[0]} to ${losses.slice(-5)}`);
  assert.equal(tensors[39], tensors[0]);
});

test('the same key gives the same weights, every layer others', () => {
  const f = smallConv();
  const [a, b] = [leaves(f.init(key(5))), leaves(f.init(key(5)))];
  a.forEach(([name, tensor], i) => assert.deepEqual(tensor.dataSync(), b[i]![1].dataSync(), name));
  const starts = a.filter(([, {rank}]) => rank === 4).map(([, tensor]) => tensor.dataSync()[0]);
  assert.equal(new Set(starts).size, starts.length);
});

test('a width that is no multiple of 4 is refused', () => {
  assert.throws(
    () => smallConv({width: 30}),
    /^RangeError: smallConv: expected a width that is a multiple of 4, got 30/,
  );
});
