// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {vit} from '../../../lib/backbones/vit';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {mocoV3} from '../../../lib/methods/contrastive/mocoV3';
import {siamese} from '../../../lib/methods/parts/siamese';
import {leaves} from '../../../lib/engine/params';
import {cosine} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {close} from '../../close';
import {dense, findsViews} from '../negativeFree/findsViews';
import {backbone, batch, equalsReference, stepAt, weightsOf} from '../negativeFree/reference';
import {sameCompiled} from '../sameCompiled';
import {flatten} from './flatten';

test("loss, all gradients and the key encoder's distance equal torch's, for a ResNet", () =>
  equalsReference(mocoV3({backbone, hidden: 6, width: 4}), 'mocoV3'));
test('the same for a ViT', () =>
  equalsReference(mocoV3({backbone, architecture: 'vit', hidden: 6, width: 4}), 'mocoV3Vit'));

test("heads of ResNet-50 and of ViTs have the paper's layers", () => {
  const shapes = (method: ReturnType<typeof mocoV3>) =>
    leaves(method.init(key(0)))
      .map(([name, {shape}]) => `${name} ${shape}`)
      .filter(name => name.includes('linear'));
  assert.deepEqual(shapes(mocoV3({backbone: flatten(2048)})), [
    'predictor.linear1.weight 4096,256',
    'predictor.linear2.weight 256,4096',
    'projector.linear1.weight 4096,2048',
    'projector.linear2.weight 256,4096',
  ]);
  assert.deepEqual(shapes(mocoV3({backbone: flatten(384), architecture: 'vit', hidden: 4096})), [
    'predictor.linear1.weight 4096,256',
    'predictor.linear2.weight 256,4096',
    'projector.linear1.weight 4096,384',
    'projector.linear2.weight 4096,4096',
    'projector.linear3.weight 256,4096',
  ]);
});

test('it is the hub with a teacher and negatives of the other view: 4τ · its loss', () => {
  const named = mocoV3({backbone, hidden: 6, width: 4, temperature: 0.3});
  const hub = siamese({
    backbone,
    projector: {widths: [6, 4], last: 'plainBatchNorm'},
    predictor: {hidden: [6], last: 'nothing', rate: 1},
    teacher: 0.9,
    negatives: {temperature: 0.3, among: 'otherView'},
  });
  const {params, state} = weightsOf(named);
  close(
    named.loss(params, batch(), state, stepAt()).loss.dataSync(),
    [4 * 0.3 * hub.loss(params, batch(), state, stepAt()).loss.dataSync()[0]!],
    1e-6,
  );
});

test('views that are all alike give 4τ·log n', () => {
  const method = mocoV3({backbone, hidden: 6, width: 4, temperature: 0.3});
  const {params, state} = weightsOf(method);
  const same = tf.ones([6, 2, 2, 3]) as tf.Tensor4D;
  close(
    method.loss(params, {first: same, second: same, index: batch().index}, state, stepAt()).loss.dataSync(),
    [1.2 * Math.log(6)],
    1e-5,
  );
});

test('the key encoder moves by 1 − ½(1 + cos πt)(1 − 0.99) at t = 0, ½, 1', () => {
  const method = mocoV3({backbone, hidden: 6, width: 4});
  const {params, state} = weightsOf(method);
  const {outputs} = method.loss(params, batch(), state, stepAt());
  const [name, before] = leaves(state.teacher!).at(-1)!;
  const online = new Map(leaves(params)).get(name)!;
  for (const t of [0, 0.5, 1]) {
    const m = 1 - 0.5 * (1 + Math.cos(Math.PI * t)) * (1 - 0.99);
    const now = leaves(method.afterStep!(params, state, stepAt(t), outputs).teacher!).at(-1)![1];
    close(
      now.sub(before).mul(100).dataSync(),
      online
        .sub(before)
        .mul(100 * (1 - m))
        .dataSync(),
      1e-4,
    );
  }
});

test("a ViT's patch embedding stays as it starts, and so does the teacher's; all else moves", () => {
  const method = mocoV3({
    backbone: vit({size: 'nano', patch: 4, image: 8}),
    architecture: 'vit',
    hidden: 16,
    width: 8,
    momentum: 0.5,
  });
  const params = method.init(key(0));
  const state = method.initState!(params, key(1));
  const views = {
    first: uniform(key(2), [4, 8, 8, 3]),
    second: uniform(key(3), [4, 8, 8, 3]),
    index: tf.range(0, 4, 1, 'int32'),
  };
  const {gradients, outputs} = valueAndGradients(weights => method.loss(weights, views, state, stepAt()), params);
  const optimizer = adamW();
  const {params: next} = optimizer.update(params, gradients, optimizer.init(params), {
    rate: 0.01,
    peak: 0.01,
    step: stepAt(),
    rule: method.rule,
  });
  const {teacher} = method.afterStep!(next, state, stepAt(), outputs);
  const still = (before: [string, tf.Tensor][], after: [string, tf.Tensor][]) =>
    before.filter(([, tensor], i) => tensor.sub(after[i]![1]).abs().max().dataSync()[0]! === 0).map(([name]) => name);
  assert.deepEqual(still(leaves(params), leaves(next)), [
    'backbone.patch_embed.proj.bias',
    'backbone.patch_embed.proj.weight',
  ]);
  assert.deepEqual(still(leaves(state.teacher!), leaves(teacher!)), [
    'backbone.patch_embed.proj.bias',
    'backbone.patch_embed.proj.weight',
  ]);
});

test('a small ViT: a compiled training gives the numbers of an eager one; tensors stay flat over its steps', () =>
  sameCompiled(
    mocoV3({
      backbone: vit({size: 'nano', patch: 8, image: 16}),
      architecture: 'vit',
      hidden: 32,
      width: 16,
      momentum: 0.9,
    }),
    {rate: 1e-4, steps: 8},
  ));

test('learns to find the other view', async () => {
  const {before, after} = await findsViews(
    mocoV3({backbone: dense, momentum: cosine({from: 0.9, to: 1}), temperature: 0.2}),
  );
  assert.ok(before < 0.15 && after > 0.6, `${before} to ${after}`);
});

test('another architecture and a momentum beyond 1 are refused', () => {
  assert.throws(
    () => mocoV3({backbone, architecture: 'cnn' as 'vit'}),
    /^RangeError: mocoV3: expected architecture 'resnet' or 'vit', got 'cnn'$/,
  );
  assert.throws(
    () => mocoV3({backbone, momentum: 1.01}),
    /^RangeError: siamese: expected a teacher's momentum from 0 to 1, got 1.01$/,
  );
});
