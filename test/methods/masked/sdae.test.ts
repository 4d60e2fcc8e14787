// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {sdae, type SdaeOptions, type SdaeParams} from '../../../lib/methods/masked/sdae';
import type {Params} from '../../../lib/module';
import {leaves} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {close} from '../../close';
import {sdae as reference} from '../../reference/maskedPredictors.json';
import {continuesExactly} from '../continues';
import {sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {completesPlanes, folds, planeViews} from './planes';
import {images, index, leavesStateAlone, padded} from './predictors';
import {backbone, filled, sameGradients} from './weights';

const small = (options: Partial<SdaeOptions> = {}) =>
  sdae({backbone, decoder: {width: 32, depth: 2, heads: 2}, ...options});
const started = small().init(key(0));
const params: SdaeParams = {backbone: filled(started.backbone, 'student'), decoder: filled(started.decoder, 'decoder')};
const state = {teacher: filled(started.backbone, 'teacher')};
const targets = tf.tensor3d(reference.targets, undefined, 'int32');
const batch = {
  view: images,
  masks: {masked: tf.zeros([3, 16]) as tf.Tensor2D, kept: tf.tensor2d(reference.kept, undefined, 'int32'), targets},
  index,
};

test("loss and all gradients equal torch's with the cosine per channel; per token the loss alone", () => {
  // a channel's values in a fold, as the authors' code takes the cosine; or a token's channels
  const {loss, gradients, outputs} = valueAndGradients(weights => small().loss(weights, batch, state, step()), params);
  close(loss.dataSync(), [reference.loss], 1e-4);
  sameGradients(gradients, reference.gradients);
  assert.deepEqual(
    [outputs.prediction.shape, outputs.target.shape, outputs.embedding.shape],
    [
      [9, 4, 128],
      [9, 4, 128],
      [3, 128],
    ],
  );
  // the unbiased variance, of which a cosine knows nothing
  close(outputs.target.square().sum(2).div(127).dataSync(), Array(36).fill(1), 1e-4);
  close(small({compare: 'token'}).loss(params, batch, state, step()).loss.dataSync(), [reference.token], 1e-4);
});

test('a fold is taught on its own: the pixels of another fold do not change its targets', () => {
  const ofFirst = tf
    .oneHot(targets.slice([0, 0], [3, 1]).reshape([3, 4]) as tf.Tensor2D, 16)
    .sum(1)
    .toFloat(); // [3, 16]
  const pixels = ofFirst.reshape([3, 4, 1, 4, 1, 1]).tile([1, 1, 4, 1, 4, 3]).reshape([3, 16, 16, 3]);
  const target = (view: tf.Tensor4D) =>
    small()
      .loss(params, {...batch, view}, state, step())
      .outputs.target.reshape([3, 3, 512]);
  const moved = target(images.add(pixels) as tf.Tensor4D)
    .sub(target(images))
    .abs()
    .max(2)
    .dataSync();
  moved.forEach((by, i) => assert.ok(i % 3 === 0 ? by > 0.1 : by < 1e-5, `fold ${i % 3} of an image moved by ${by}`));
});

test('tokens that fill up a row of visible ones change nothing', () => {
  const {places: kept, valid} = padded(reference.kept, {width: 6, filler: 9});
  const {loss, gradients} = valueAndGradients(
    weights => small().loss(weights, {...batch, masks: {...batch.masks, kept, valid}}, state, step()),
    params,
  );
  close(loss.dataSync(), [reference.loss], 1e-4);
  sameGradients(gradients, reference.gradients);
});

test('nothing flows into the teacher, and nothing is left in memory', () =>
  leavesStateAlone(small(), params, batch, state));

test('the teacher moves after the last step of an epoch, by 0.96 in the first; told to, after each step', () => {
  const bias = (tree: Params) => leaves(tree).find(([name]) => name === 'blocks.0.mlp.fc1.bias')![1];
  const moved = (options: Partial<SdaeOptions>, at: number) => {
    const {teacher} = small(options).afterStep!(
      params,
      state,
      step({index: tf.scalar(at, 'int32'), stepsPerEpoch: 3, epochs: 5}),
      {} as never,
    );
    return bias(teacher)
      .sub(bias(state.teacher))
      .div(bias(params.backbone).sub(bias(state.teacher)))
      .mean()
      .dataSync()[0]!;
  };
  close([moved({}, 0), moved({}, 1), moved({}, 2), moved({every: 'step'}, 0)], [0, 0, 0.04, 0.04], 1e-5);
});

test('the student is the result; the decoder is two thirds of it', () => {
  close(
    small().embed(params, state, images, {}).embedding.dataSync(),
    backbone.apply(params.backbone, images, {}).dataSync(),
    1e-5,
  );
  const shapes = leaves(sdae({backbone}).init(key(0)).decoder)
    .filter(([name]) => name.endsWith('qkv.weight'))
    .map(([, {shape}]) => shape);
  assert.deepEqual(shapes, [
    [288, 96],
    [288, 96],
    [288, 96],
  ]);
  assert.deepEqual(
    [
      small().rule!('decoder.pred.weight', step(), tf.ones([2, 2])).decay,
      small().rule!('decoder.pred.bias', step(), tf.ones([2])).decay,
    ],
    [1, 0],
  );
});

test('learns: predictions fit their own image', () =>
  completesPlanes(sdae({backbone, momentum: 0.99, every: 'step'}), folds, {ratio: 0.85, epochs: 40}));

test('a compiled training gives the numbers of an eager one; tensors stay flat: over two epochs of four', () =>
  sameCompiled(small({momentum: 0.5}), {source: () => planeViews(folds), rate: 1e-3, steps: 8}));

test('a training that is continued from a file, from the middle of an epoch, ends in the same numbers', async () => {
  await continuesExactly(
    {
      method: small({momentum: 0.5}),
      source: planeViews(folds),
      optimizer: adamW(),
      schedule: constant(1e-3),
      epochs: 2,
      batch: 32,
      seed: 3,
    },
    [3],
  );
});

test('another comparison, masks of other images, folds that are filled up and a momentum beyond 1 are refused', () => {
  assert.throws(
    () => small({compare: 'patch' as 'token'}),
    /^RangeError: sdae: expected compare 'channel' or 'token', got 'patch'$/,
  );
  assert.throws(() => small({momentum: 2}), /^RangeError: sdae: expected momentum from 0 to 1, got 2$/);
  const lossOf = (masks: Partial<(typeof batch)['masks'] & {targetsValid: tf.Tensor3D}>) => () =>
    small().loss(params, {...batch, masks: {...batch.masks, ...masks}}, state, step());
  assert.throws(
    lossOf({masked: tf.zeros([2, 16])}),
    /^RangeError: sdae: expected masks \[3,16\] of 4 × 4 patches, got \[2,16\]: take a grid of the view's size over the backbone's patch$/,
  );
  assert.throws(
    lossOf({targetsValid: tf.ones([3, 3, 4])}),
    /^RangeError: sdae: expected folds of one size, got some that are filled up$/,
  );
});
