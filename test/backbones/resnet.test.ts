// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {resnet, type ResnetOptions} from '../../lib/backbones/resnet';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {Params} from '../../lib/module';
import {count, fromNames, leaves, map} from '../../lib/engine/params';
import {close} from '../close';
import {hashed} from '../reference/hashed';
import reference from '../reference/resnet.json';

/** The value of a parameter or statistic as in test/reference/resnet.py. */
function filled(name: string, shape: number[]): tf.Tensor {
  if (shape.length === 4) {
    const [h, w, inputs, outputs] = shape as [number, number, number, number];
    return tf.tidy(() =>
      tf
        .tensor(hashed(name, [outputs, inputs, h, w], Math.sqrt(6 / (inputs * h * w))), [outputs, inputs, h, w])
        .transpose([2, 3, 1, 0]),
    );
  }
  return tf.tensor(
    hashed(name, shape).map(v => (name.endsWith('running_var') || name.endsWith('weight') ? 0.5 + v / 4 : v / 4)),
    shape,
  );
}

const statisticsOf = (params: Params) =>
  fromNames(
    leaves(params)
      .filter(([, {rank}]) => rank === 1)
      .map(([name, {shape}]) => {
        const own = name.replace(/weight$/, 'running_var').replace(/bias$/, 'running_mean');
        return [own, filled(own, shape)];
      }),
  );

for (const [name, {depth, stem, images, parameters, names, training, evaluation}] of Object.entries(reference)) {
  test(`resnet ${name}: names, count and features as torchvision's, in both modes`, () =>
    tf.tidy(() => {
      const f = resnet({depth, stem} as ResnetOptions);
      const started = f.init(key(0));
      assert.equal(count(started), parameters);
      if (names.length > 0)
        assert.deepEqual(
          leaves(started).map(([leaf]) => leaf),
          names,
        );
      const params = map(started, ({shape}, leaf) => filled(leaf, shape));
      const x = tf.tensor4d(hashed('images', images), images as [number, number, number, number]);
      const features = (mode: Parameters<typeof f.apply>[2]) => {
        const y = f.apply(params, x, mode);
        assert.deepEqual(y.shape, [images[0], f.width]);
        return y.dataSync().filter((_, i) => i % 4 === 0);
      };
      // 53 BatchNorms over few values: torch's own float32 is 4e-4 away from its float64
      close(features({}), training, depth === 50 ? 1e-3 : 1e-4);
      close(features({statistics: statisticsOf(params)}), evaluation, 1e-4);
    }));
}

test('with zeroInitial every block starts as the identity', () =>
  tf.tidy(() => {
    const f = resnet({depth: 18, stem: 'cifar', zeroInitial: true});
    const params = f.init(key(1));
    const zero = leaves(params)
      .filter(([, tensor]) => tensor.rank === 1 && tensor.abs().max().dataSync()[0] === 0)
      .map(([name]) => name)
      .filter(name => name.endsWith('weight'));
    assert.deepEqual(
      zero,
      [1, 2, 3, 4].flatMap(layer => [0, 1].map(block => `layer${layer}.${block}.bn2.weight`)),
    );
  }));

test('starts: normal of variance 2/fan-out', () =>
  tf.tidy(() => {
    const {layer3} = resnet({depth: 18, stem: 'cifar'}).init(key(2)) as {layer3: {0: {conv1: {weight: tf.Tensor}}}};
    const {weight} = layer3[0].conv1;
    assert.ok(Math.abs(weight.square().mean().dataSync()[0]! / (2 / (256 * 9)) - 1) < 0.02);
  }));

test('an unknown depth or stem is refused', () => {
  assert.throws(
    () => resnet({depth: 101 as 50, stem: 'cifar'}),
    /^RangeError: resnet: expected depth 18, 34, 50, got 101/,
  );
  assert.throws(
    () => resnet({depth: 18, stem: 'CIFAR' as 'cifar'}),
    /^RangeError: resnet: expected stem 'imagenet' or 'cifar', got 'CIFAR'/,
  );
});
