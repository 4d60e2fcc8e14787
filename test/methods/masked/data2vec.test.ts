// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {masksOf} from '../../../lib/masks/masks';
import {data2vec, type Data2vecOptions, type Data2vecParams} from '../../../lib/methods/masked/data2vec';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {close} from '../../close';
import {hashed} from '../../reference/hashed';
import {data2vec as reference} from '../../reference/maskedPredictors.json';
import {continuesExactly} from '../continues';
import {sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {blocks, completesPlanes, planeViews} from './planes';
import {images, index, leavesStateAlone} from './predictors';
import {backbone, filled, sameGradients} from './weights';

const small = (options: Partial<Data2vecOptions> = {}) => data2vec({backbone, ...options});
const started = small().init(key(0));
const params: Data2vecParams = {
  backbone: filled(started.backbone, 'student'),
  head: filled(started.head, 'head'),
  mask_token: tf.tensor3d(hashed('mask_token', [1, 1, 128]), [1, 1, 128]),
};
const state = {teacher: filled(started.backbone, 'teacher')};
const batch = {view: images, masks: masksOf(tf.tensor2d(reference.masked, undefined, 'float32')), index};

test("loss and all gradients equal torch's: targets of two of four blocks, 8, 7 and 9 masked tokens", () => {
  const {loss, gradients, outputs} = valueAndGradients(weights => small().loss(weights, batch, state, step()), params);
  close(loss.dataSync(), [reference.loss], 1e-4);
  sameGradients(gradients, reference.gradients);
  assert.deepEqual(
    [outputs.prediction.shape, outputs.target.shape, outputs.embedding.shape],
    [
      [3, 16, 128],
      [3, 16, 128],
      [3, 128],
    ],
  );
  close(small({distance: 'squared'}).loss(params, batch, state, step()).loss.dataSync(), [reference.squared], 1e-4);
});

test('half of the blocks are averaged unless told; the target is of the whole image: masks do not change it', () => {
  const target = (options: Partial<Data2vecOptions>, masks = batch.masks) =>
    small(options)
      .loss(params, {...batch, masks}, state, step())
      .outputs.target.dataSync();
  const [own, two, one, otherwise] = [
    target({}),
    target({layers: 2}),
    target({layers: 1}),
    target({}, masksOf(tf.sub(1, batch.masks.masked) as tf.Tensor2D)),
  ];
  close(own, two, 0);
  close(own, otherwise, 0);
  assert.ok(one.some((value, i) => Math.abs(value - own[i]!) > 0.1));
});

test('a masked patch does not reach the student: its pixels change no prediction', () => {
  // 1 where a pixel is masked
  const hidden = batch.masks.masked.reshape([3, 4, 1, 4, 1, 1]).tile([1, 1, 4, 1, 4, 3]).reshape([3, 16, 16, 3]);
  const predictions = (view: tf.Tensor4D) =>
    small()
      .loss(params, {...batch, view}, state, step())
      .outputs.prediction.dataSync();
  close(predictions(images.add(hidden.mul(5)) as tf.Tensor4D), predictions(images), 1e-5);
});

test('nothing flows into the teacher, and nothing is left in memory', () =>
  leavesStateAlone(small(), params, batch, state));

test('the student is the result; biases, norms, class token and positions do not decay', () => {
  const method = small();
  assert.equal(method.backbone, undefined);
  close(
    method.embed(params, state, images, {}).embedding.dataSync(),
    backbone.apply(params.backbone, images, {}).dataSync(),
    1e-5,
  );
  const decay = (name: string, ...shape: number[]) => method.rule!(name, step(), tf.ones(shape)).decay;
  assert.deepEqual(
    [
      decay('backbone.blocks.0.attn.qkv.weight', 3, 1),
      decay('mask_token', 1, 1, 4),
      decay('backbone.cls_token', 1, 1, 4),
      decay('backbone.pos_embed', 1, 5, 4),
      decay('head.bias', 4),
    ],
    [1, 1, 0, 0, 0],
  );
});

test('learns: predictions fit their own image', () =>
  completesPlanes(small({momentum: 0.99}), blocks, {ratio: 0.6, epochs: 20}));

test('a compiled training gives the numbers of an eager one, and holds no more tensors with every step', () =>
  sameCompiled(small({momentum: 0.9}), {source: () => planeViews(blocks), rate: 1e-3, steps: 8}));

test('a training that is continued from a file, from the middle of an epoch, ends in the same numbers', async () => {
  await continuesExactly(
    {
      method: small({momentum: 0.9}),
      source: planeViews(blocks),
      optimizer: adamW(),
      schedule: constant(1e-3),
      epochs: 2,
      batch: 32,
      seed: 3,
    },
    [3],
  );
});

test('more layers than there are blocks, none, a momentum below 0, masks of another grid and β ≤ 0 are refused', () => {
  assert.throws(
    () => small({layers: 5}),
    /^RangeError: data2vec: expected from 1 to 4 layers, the backbone's blocks, got 5$/,
  );
  assert.throws(
    () => small({layers: 0}),
    /^RangeError: data2vec: expected from 1 to 4 layers, the backbone's blocks, got 0$/,
  );
  assert.throws(() => small({momentum: -0.1}), /^RangeError: data2vec: expected momentum from 0 to 1, got -0.1$/);
  assert.throws(
    () => small().loss(params, {...batch, masks: masksOf(tf.zeros([3, 49]))}, state, step()),
    /^RangeError: data2vec: expected masks \[3,16\] of 4 × 4 patches, got \[3,49\]: take a grid of the view's size over the backbone's patch$/,
  );
  assert.throws(
    () => small({beta: 0}).loss(params, batch, state, step()),
    /^RangeError: tokenDistance: expected beta > 0, got 0$/,
  );
});
