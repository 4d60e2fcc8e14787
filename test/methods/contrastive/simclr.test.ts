import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {simclr} from '../../../lib/methods/contrastive/simclr';
import type {Step} from '../../../lib/module';
import {leaves, map} from '../../../lib/engine/params';
import type {TwoViews} from '../../../lib/views/sources/twoViews';
import {close} from '../../close';
import {hashed} from '../../reference/hashed';
import {learns} from '../learns';

const reference = JSON.parse(fs.readFileSync(path.join(__dirname, '../../reference/simclr.json'), 'utf8')) as {
  shapes: Record<string, number[]>;
  loss: number;
  gradientNorms: Record<string, number>;
  gradient: Record<string, number[]>;
};

const step = (): Step => ({
  key: key(0),
  index: tf.scalar(0, 'int32'),
  progress: tf.scalar(0),
  stepsPerEpoch: 1,
  epochs: 1,
});

test("first loss and gradients equal torch's on the same weights and views", () => {
  const method = simclr({backbone: smallConv({width: 16}), projector: [16, 8], temperature: 0.2});
  const initial = method.init(key(0));
  assert.deepEqual(
    leaves(initial)
      .map(([name]) => name)
      .filter(name => !name.includes('.bn'))
      .sort(),
    Object.keys(reference.shapes).sort(),
  );
  const params = map(initial, (tensor, name) =>
    name.includes('.bn') ? tensor : tf.tensor(hashed(name, tensor.shape, 0.3), tensor.shape),
  );
  for (const [name, tensor] of leaves(params))
    if (reference.shapes[name]) assert.deepEqual(tensor.shape, reference.shapes[name]);
  const view = (name: string) => tf.tensor4d(hashed(name, [6, 16, 16, 3]), [6, 16, 16, 3]);
  const batch: TwoViews = {first: view('first'), second: view('second'), index: tf.range(0, 6, 1, 'int32')};
  const {loss, gradients} = valueAndGradients(weights => method.loss(weights, batch, {}, step()), params);
  close(loss.dataSync(), [reference.loss], 1e-4);
  const gradient = new Map(leaves(gradients));
  for (const [name, norm] of Object.entries(reference.gradientNorms))
    close(gradient.get(name)!.norm().dataSync(), [norm], 1e-4);
  for (const [name, values] of Object.entries(reference.gradient)) {
    const all = gradient.get(name)!;
    const corner = all.slice(
      all.shape.map(() => 0),
      all.shape.map((size, axis) => (axis < all.rank - 2 ? size : 2)),
    );
    close(corner.dataSync(), values, 1e-4);
  }
});

test('learns to tell images apart', () =>
  learns(simclr({backbone: smallConv({width: 16}), projector: [16, 16], temperature: 0.2}), 1));

test('an empty projector leaves the embedding itself', () => {
  const method = simclr({backbone: smallConv({width: 16}), projector: []});
  const {embedding, projection} = method.embed(method.init(key(0)), {}, uniform(key(1), [4, 16, 16, 3]), {});
  close(projection!.dataSync(), embedding.dataSync(), 0);
});

test('SimCLR v2 is probed after the first of three layers, and trained by what comes out of the last', () => {
  const method = simclr({backbone: smallConv({width: 16}), projector: [12, 10, 8], probed: 1});
  const params = method.init(key(0));
  const {embedding, projection} = method.embed(params, {}, uniform(key(1), [4, 16, 16, 3]), {});
  assert.deepEqual(
    [embedding.shape, projection!.shape],
    [
      [4, 12],
      [4, 8],
    ],
  );
  assert.ok(embedding.min().dataSync()[0]! >= 0); // behind its ReLU
  assert.throws(
    () => simclr({backbone: smallConv({width: 16}), projector: [8], probed: 2}),
    /^RangeError: mlp: expected a number of layers from 0 to 1, got 2/,
  );
});

test('another loss gets projections and temperature', () => {
  const method = simclr({
    backbone: smallConv({width: 16}),
    projector: [8],
    temperature: 0.25,
    loss: (z, {temperature}) => z.square().mean().mul(0).add(temperature) as tf.Scalar,
  });
  const view = uniform(key(1), [4, 16, 16, 3]);
  close(
    method
      .loss(method.init(key(0)), {first: view, second: view, index: tf.range(0, 4, 1, 'int32')}, {}, step())
      .loss.dataSync(),
    [0.25],
    1e-6,
  );
});
