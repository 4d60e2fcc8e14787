// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {cmc} from '../../../lib/methods/contrastive/cmc';
import {projectionPair, type PairParams} from '../../../lib/methods/contrastive/pairEncoders';
import {leaves} from '../../../lib/engine/params';
import {encoderOf} from '../../../lib/embedding/encoderOf';
import {halves} from '../../../lib/views/channelSplit';
import {oneView} from '../../../lib/views/sources/oneView';
import type {ViewPair} from '../../../lib/views/viewPair';
import {close} from '../../close';
import {flat} from '../../flat';
import {hashed} from '../../reference/hashed';
import reference from '../../reference/cmc.json';
import {learns} from '../learns';
import {dataset, recipe, sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {flatten} from './flatten';
import {images, unitRows} from './reference';

const views: ViewPair = {channels: [1, 2], split: halves};
const flattened = (channels: number) => flatten(4 * channels);
const head = (side: string, inputs: number) => ({
  linear1: {
    weight: tf.tensor2d(hashed(`${side} weight`, [4, inputs], 0.5), [4, inputs]),
    bias: tf.tensor1d(hashed(`${side} bias`, [4], 0.5)),
  },
});
const params = (): PairParams => ({
  backbone: {first: {}, second: {}},
  projector: {first: head('first', 4), second: head('second', 8)},
});
const batch = () => ({view: images('images'), index: tf.tensor1d([3, 0, 8, 5, 1, 7], 'int32')});
const state = () => ({first: unitRows('first bank'), second: unitRows('second bank')});

for (const kind of ['batch', 'memory'] as const) {
  test(`negatives of the ${kind}: loss and gradients equal torch's`, () => {
    const method = cmc({
      views,
      backbone: flattened,
      projector: [4],
      temperature: 0.2,
      ...(kind === 'memory' && {memory: {size: 9, momentum: 0.4}}),
    });
    assert.deepEqual(
      leaves(method.init(key(0))).map(([name, {shape}]) => [name, shape]),
      leaves(params()).map(([name, {shape}]) => [name, shape]),
    );
    const {loss, gradients, outputs} = valueAndGradients(
      weights => method.loss(weights, batch(), kind === 'memory' ? state() : {}, step()),
      params(),
    );
    const gradient = new Map(leaves(gradients));
    close(loss.dataSync(), [reference[kind].loss], 1e-5);
    for (const side of ['first', 'second'] as const)
      close(gradient.get(`projector.${side}.linear1.weight`)!.dataSync(), reference[kind][side], 1e-5);
    if (kind === 'batch') return;
    const after = method.afterStep!(params(), state(), step(), outputs);
    for (const side of ['first', 'second'] as const) close(after[side]!.dataSync(), reference.memory.banks[side], 1e-5);
  });
}

test('an embedding is that of both encoders, and the projections come apart again', () => {
  const method = cmc({views, backbone: flattened, projector: [4]});
  const {embedding, projection} = method.embed(params(), {}, images('images'), {});
  assert.deepEqual(
    [embedding.shape, projection!.shape],
    [
      [6, 12],
      [6, 8],
    ],
  );
  const {first, second} = halves(images('images'));
  close(embedding.dataSync(), tf.concat([first.reshape([6, 4]), second.reshape([6, 8])], 1).dataSync(), 0);
  const pair = projectionPair(projection!);
  close(tf.concat([pair.first, pair.second], 1).dataSync(), projection!.dataSync(), 0);
});

test('nothing flows into the banks, and nothing is left in memory', async () => {
  const method = cmc({views, backbone: flattened, projector: [4], memory: {size: 9}});
  const [at, given, own, weights] = [step(), batch(), state(), params()];
  await flat(() => tf.tidy(() => void method.loss(weights, given, own, at)));
  const initial = tf.tidy(() => method.initState!(weights, at.key));
  assert.deepEqual(
    [initial.first!.shape, initial.second!.shape],
    [
      [9, 4],
      [9, 4],
    ],
  );
  assert.ok(
    Math.abs(initial.first!.sub(initial.second!).abs().mean().dataSync()[0]!) > 0.1,
    'expected two banks, got one twice',
  );
});

const small = (channels: number) => smallConv({width: 16, channels});

for (const [name, memory] of [
  ['batch', undefined],
  ['memory', {size: 64}],
] as const)
  test(`${name}: learns to find an image's other channels`, () =>
    learns(cmc({views, backbone: small, projector: [16], temperature: 0.2, memory}), 1.5));

for (const [name, memory] of [
  ['batch', undefined],
  ['memory', {size: dataset.splits.pretrain.length}],
] as const) {
  test(`${name}: compiled equals eager`, () =>
    sameCompiled(cmc({views, backbone: small, projector: [8], temperature: 0.5, memory}), {
      source: () => oneView({dataset, recipe}),
    }));
}

test('each encoder is measured by its own statistics', async () => {
  const method = cmc({views, backbone: small, projector: [8]});
  const {encoder, statistics, dispose} = await encoderOf(
    method,
    {read: () => ({params: method.init(key(0)), state: {}})},
    dataset,
  );
  assert.deepEqual(
    leaves(statistics)
      .map(([name]) => name)
      .filter(name => name.includes('bn1')),
    [
      'backbone.first.bn1.running_mean',
      'backbone.first.bn1.running_var',
      'backbone.second.bn1.running_mean',
      'backbone.second.bn1.running_var',
    ],
  );
  const pixels = tf.randomNormal([2, 16, 16, 3]) as tf.Tensor4D;
  const {embedding, projection} = encoder(pixels);
  assert.deepEqual(
    [embedding.shape, projection!.shape],
    [
      [2, 32],
      [2, 16],
    ],
  );
  tf.dispose([pixels, embedding, projection!]);
  dispose();
});

test('a temperature of 0 and a memory of one image are refused', () => {
  assert.throws(
    () => cmc({views, backbone: small, temperature: 0}),
    /^RangeError: cmc: expected temperature > 0, got 0/,
  );
  assert.throws(
    () => cmc({views, backbone: small, memory: {size: 1}}),
    /^RangeError: cmc: expected the number of images, at least 2, got 1/,
  );
});
