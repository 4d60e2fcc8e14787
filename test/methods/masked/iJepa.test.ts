// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import type {TargetMasks} from '../../../lib/masks/masks';
import {iJepa, type IJepaOptions, type IJepaParams} from '../../../lib/methods/masked/iJepa';
import type {Params} from '../../../lib/module';
import {leaves} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {close} from '../../close';
import {iJepa as reference} from '../../reference/maskedPredictors.json';
import {continuesExactly} from '../continues';
import {sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {completesPlanes, multiBlock, planeViews} from './planes';
import {images, index, leavesStateAlone, meanBackbone, padded} from './predictors';
import {filled, sameGradients} from './weights';

const small = (options: Partial<IJepaOptions> = {}) =>
  iJepa({backbone: meanBackbone, predictor: {width: 32, depth: 2, heads: 2}, ...options});
const started = small().init(key(0));
const params: IJepaParams = {
  backbone: filled(started.backbone, 'student'),
  predictor: filled(started.predictor, 'predictor'),
};
const state = {teacher: filled(started.backbone, 'teacher')};

/** The reference's images, with rows filled up to `width` and blocks to `size` tokens. */
function batch({width = 7, filler = 0, size = 4} = {}) {
  const {places: kept, valid} = padded(reference.kept, {width, filler});
  const {places, valid: counted} = padded(reference.targets.flat(), {width: size, filler});
  const targets = places.reshape([3, 3, size]) as tf.Tensor3D;
  return {
    view: images,
    masks: {
      masked: tf.zeros([3, 16]) as tf.Tensor2D,
      kept,
      valid,
      targets,
      ...(size > 4 && {targetsValid: counted.reshape([3, 3, size]) as tf.Tensor3D}),
    },
    index,
  };
}

test("loss and all gradients equal torch's, where images keep 4, 7 and 6 tokens", () => {
  const {loss, gradients, outputs} = valueAndGradients(
    weights => small().loss(weights, batch(), state, step()),
    params,
  );
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
  close(small({distance: 'squared'}).loss(params, batch(), state, step()).loss.dataSync(), [reference.squared], 1e-4);
});

test('tokens that fill up a row, of the context or of a target block, change nothing', () => {
  const {loss, gradients} = valueAndGradients(
    weights => small().loss(weights, batch({width: 12, filler: 9, size: 6}), state, step()),
    params,
  );
  close(loss.dataSync(), [reference.loss], 1e-4);
  sameGradients(gradients, reference.gradients);
});

test('targets have mean 0 and variance 1 over their channels', () => {
  const {target} = small().loss(params, batch(), state, step()).outputs;
  close(target.mean(2).dataSync(), Array(36).fill(0), 1e-5);
  close(target.square().mean(2).dataSync(), Array(36).fill(1), 1e-3);
});

test('nothing flows into the target encoder, and nothing is left in memory', () =>
  leavesStateAlone(small(), params, batch(), state));

test('the target encoder starts as a copy, moves by 0.996 at first and not at the end, and is the result', () => {
  const method = small();
  const start = method.initState!(params, key(0));
  assert.equal(method.backbone!(params, start), start.teacher);
  close(
    method.embed(params, start, images, {}).embedding.dataSync(),
    meanBackbone.apply(params.backbone, images, {}).dataSync(),
    1e-5,
  );
  assert.ok(
    method
      .embed(params, state, images, {})
      .embedding.sub(method.embed(params, start, images, {}).embedding)
      .abs()
      .max()
      .dataSync()[0]! > 0.1,
  );
  const bias = (tree: Params) => leaves(tree).find(([name]) => name === 'blocks.0.mlp.fc1.bias')![1];
  for (const [progress, share] of [
    [0, 0.004],
    [0.5, 0.002],
    [1, 0],
  ] as const) {
    const {teacher} = method.afterStep!(params, state, step({progress: tf.scalar(progress)}), {} as never);
    close(
      bias(teacher).sub(bias(state.teacher)).dataSync(),
      bias(params.backbone).sub(bias(state.teacher)).mul(share).dataSync(),
      1e-6,
    );
  }
});

test("the predictor is half the backbone; decay grows from 1 to 10 times the optimizer's, norms have none", () => {
  const {predictor} = iJepa({backbone: meanBackbone}).init(key(0));
  assert.deepEqual(
    Object.fromEntries(
      leaves(predictor)
        .filter(([name]) => /mask_token|qkv.weight/.test(name))
        .map(([name, {shape}]) => [name, shape]),
    ),
    {'blocks.0.attn.qkv.weight': [192, 64], 'blocks.1.attn.qkv.weight': [192, 64], mask_token: [1, 1, 64]},
  );
  const decay = (name: string, progress: number, value: tf.Tensor) =>
    small().rule!(name, step({progress: tf.scalar(progress)}), value).decay;
  close(
    [0, 0.5, 1].map(
      progress => (decay('predictor.pred.weight', progress, tf.ones([2, 2])) as tf.Scalar).dataSync()[0]!,
    ),
    [1, 5.5, 10],
    1e-5,
  );
  assert.equal(decay('backbone.fc_norm.weight', 1, tf.ones([2])), 0);
});

test('learns: predictions fit their own image', () =>
  completesPlanes(iJepa({backbone: meanBackbone, momentum: 0.99}), multiBlock, {ratio: 0.85, epochs: 20}));

test('a compiled training gives the numbers of an eager one, and holds no more tensors with every step', () =>
  sameCompiled(iJepa({backbone: meanBackbone, momentum: 0.9}), {
    source: () => planeViews(multiBlock),
    rate: 1e-3,
    steps: 8,
  }));

test('a training that is continued from a file, from the middle of an epoch, ends in the same numbers', async () => {
  await continuesExactly(
    {
      method: small({momentum: 0.9}),
      source: planeViews(multiBlock),
      optimizer: adamW(),
      schedule: constant(1e-3),
      epochs: 2,
      batch: 32,
      seed: 3,
    },
    [3],
  );
});

test('refused: momentum beyond 1, an unfit predictor, another grid, no targets, an unknown distance', () => {
  assert.throws(() => small({momentum: 1.01}), /^RangeError: iJepa: expected momentum from 0 to 1, got 1.01$/);
  assert.throws(
    () => small({predictor: {width: 30, depth: 1, heads: 2}}),
    /^RangeError: decoder: expected a width that is a multiple of 4 and of the heads \(width\/32 unless told\), got 30 and 2$/,
  );
  assert.throws(
    () => small({predictor: {width: 32, depth: 0}}),
    /^RangeError: decoder: expected depth a whole number from 1, got 0$/,
  );
  const {masks, ...rest} = batch();
  const {targets: _, ...plain} = masks;
  const lossOf = (given: Partial<TargetMasks>) => () =>
    small().loss(params, {...rest, masks: given as TargetMasks}, state, step());
  assert.throws(
    lossOf({...masks, masked: tf.zeros([3, 49])}),
    /^RangeError: iJepa: expected masks \[3,16\] of 4 × 4 patches, got \[3,49\]: take a grid of the view's size over the backbone's patch$/,
  );
  assert.throws(
    lossOf(plain),
    /^RangeError: iJepa: expected masks with targets, got none: take multiBlockMask or foldMask$/,
  );
  assert.throws(
    () => small({distance: 'cosine' as 'squared'}).loss(params, batch(), state, step()),
    /^RangeError: tokenDistance: expected distance 'smoothL1', 'squared' or 'absolute', got 'cosine'$/,
  );
});
