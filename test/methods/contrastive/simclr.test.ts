import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, normal, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {simclr} from '../../../lib/methods/contrastive/simclr';
import type {Source, Step} from '../../../lib/module';
import {leaves, map} from '../../../lib/params';
import {adamW} from '../../../lib/training/adamW';
import {constant} from '../../../lib/training/schedules';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import type {TwoViews} from '../../../lib/views/twoViews';
import {close} from '../../close';
import {hashed} from '../../reference/hashed';

const reference = JSON.parse(fs.readFileSync(path.join(__dirname, '../../reference/simclr.json'), 'utf8')) as
  {shapes: Record<string, number[]>; loss: number; gradientNorms: Record<string, number>; gradient: Record<string, number[]>};

const step = (): Step => ({key: key(0), index: tf.scalar(0, 'int32'), progress: tf.scalar(0), stepsPerEpoch: 1, epochs: 1});

test('first loss and gradients equal torch\'s on the same weights and views', () => {
  const method = simclr({backbone: smallConv({width: 16}), projector: [16, 8], temperature: 0.2});
  const initial = method.init(key(0));
  assert.deepEqual(leaves(initial).map(([name]) => name).filter(name => !name.includes('.bn')).sort(), Object.keys(reference.shapes).sort());
  const params = map(initial, (tensor, name) => name.includes('.bn') ? tensor : tf.tensor(hashed(name, tensor.shape, 0.3), tensor.shape));
  for (const [name, tensor] of leaves(params)) if (reference.shapes[name]) assert.deepEqual(tensor.shape, reference.shapes[name]);
  const view = (name: string) => tf.tensor4d(hashed(name, [6, 16, 16, 3]), [6, 16, 16, 3]);
  const batch: TwoViews = {first: view('first'), second: view('second'), index: tf.range(0, 6, 1, 'int32')};
  const {loss, gradients} = valueAndGradients(params => method.loss(params, batch, {}, step()), params);
  close(loss.dataSync(), [reference.loss], 1e-4);
  const gradient = new Map(leaves(gradients));
  for (const [name, norm] of Object.entries(reference.gradientNorms)) close(gradient.get(name)!.norm().dataSync(), [norm], 1e-4);
  for (const [name, values] of Object.entries(reference.gradient)) {
    const all = gradient.get(name)!;
    const corner = all.slice(all.shape.map(() => 0), all.shape.map((size, axis) => axis < all.rank - 2 ? size : 2));
    close(corner.dataSync(), values, 1e-4);
  }
});

test('another loss takes the place of NT-Xent, with the projections and the temperature', () => {
  const given: [tf.Tensor2D, number][] = [];
  const method = simclr({backbone: smallConv({width: 16}), projector: [16, 8], temperature: 0.3, loss: (z, {temperature}) => (given.push([z, temperature]), z.square().mean() as tf.Scalar)});
  const batch: TwoViews = {first: uniform(key(1), [4, 16, 16, 3]), second: uniform(key(2), [4, 16, 16, 3]), index: tf.range(0, 4, 1, 'int32')};
  const {loss, outputs} = method.loss(method.init(key(0)), batch, {}, step());
  assert.deepEqual(given, [[outputs.projection, 0.3]]);
  close(loss.dataSync(), outputs.projection.square().mean().dataSync(), 1e-6);
});

test('learns to tell images apart', async () => {
  const images = uniform(key(9), [64, 8, 8, 3]);
  const noisy = (indices: tf.Tensor1D, seed: tf.Tensor1D) => images.gather(indices).add(normal(seed, [indices.shape[0], 8, 8, 3]).mul(0.1)) as tf.Tensor4D;
  const source: Source<TwoViews> = {
    size: 64,
    batch: (index, key) => ({first: noisy(index, key), second: noisy(index, key.add(tf.scalar(1, 'int32')) as tf.Tensor1D), index}),
    dispose() {},
  };
  const task = {method: simclr({backbone: smallConv({width: 16}), projector: [16, 16], temperature: 0.2}), source, optimizer: adamW(), schedule: constant(1e-2), epochs: 40, batch: 32, seed: 1};
  const training = openTraining(task);
  const losses = [];
  for await (const {loss} of train(task, training)) losses.push(loss);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  assert.ok(mean(losses.slice(-4)) < mean(losses.slice(0, 4)) - 1, `from ${mean(losses.slice(0, 4))} to ${mean(losses.slice(-4))} nats`);
  training.dispose();
});

test('an empty projector leaves the embedding itself', () => {
  const method = simclr({backbone: smallConv({width: 16}), projector: []});
  const {embedding, projection} = method.embed(method.init(key(0)), {}, uniform(key(1), [4, 16, 16, 3]), {});
  close(projection!.dataSync(), embedding.dataSync(), 0);
});
