// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, normal} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {patches} from '../../../lib/layers/patchEmbedding';
import {cellMask} from '../../../lib/masks/cellMask';
import {hogTarget} from '../../../lib/methods/masked/hogTarget';
import {simmim} from '../../../lib/methods/masked/simmim';
import {leaves} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {close} from '../../close';
import {flat} from '../../flat';
import {simmim as reference} from '../../reference/maskedMethods.json';
import {continuesExactly} from '../continues';
import {sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {masksKeeping, maskToken} from './keeping';
import {completesPlanes, planeViews} from './planes';
import {images, index, meanBackbone} from './predictors';
import {backbone, filled, sameGradients} from './weights';

const method = simmim({backbone});
const started = method.init(key(0));
const params = {
  backbone: filled(started.backbone, 'backbone'),
  mask_token: maskToken(),
  decoder: filled(started.decoder, 'decoder'),
};
const masks = masksKeeping(reference.kept, {});
const batch = {view: images, masks, index};
const cells = cellMask({grid: [4, 4]});

test("loss and all gradients equal torch's, whose pixels are shuffled out of channels", () => {
  const {loss, gradients, outputs} = valueAndGradients(weights => method.loss(weights, batch, {}, step()), params);
  close(loss.dataSync(), [reference.loss], 1e-4);
  assert.deepEqual(
    leaves(gradients).map(([name]) => name),
    Object.keys(reference.gradients).sort(),
  );
  sameGradients(gradients, reference.gradients);
  assert.deepEqual(
    [outputs.prediction.shape, outputs.target.shape, outputs.embedding.shape],
    [
      [3, 16, 48],
      [3, 16, 48],
      [3, 128],
    ],
  );
});

test('pixels of hidden patches change the loss, and nothing that is said', () => {
  const hidden = masks.masked.reshape([3, 4, 1, 4, 1, 1]).tile([1, 1, 4, 1, 4, 3]).reshape(images.shape);
  const other = images.add(normal(key(5), images.shape).mul(hidden)) as tf.Tensor4D;
  const [a, b] = [images, other].map(view => method.loss(params, {...batch, view}, {}, step()));
  close(a!.outputs.prediction.dataSync(), b!.outputs.prediction.dataSync(), 0);
  assert.ok(Math.abs(a!.loss.sub(b!.loss).dataSync()[0]!) > 1e-3);
});

test('a reconstruction shows what is said of each patch', () => {
  const {reconstruction, pasted} = method.reconstruct(params, images, masks);
  const said = method.loss(params, batch, {}, step()).outputs.prediction;
  close(patches(reconstruction, 4).dataSync(), said.dataSync(), 1e-5);
  close(
    patches(pasted, 4).dataSync(),
    tf.where(masks.masked.expandDims(2).greater(0), said, patches(images, 4)).dataSync(),
    1e-5,
  );
  assert.throws(
    () => simmim({backbone, target: hogTarget()}).reconstruct(params, images, masks),
    /^RangeError: simmim: expected a target of pixels to reconstruct, got one that pixels do not follow from$/,
  );
});

test('a loss leaves nothing in memory', async () => {
  const now = step();
  await flat(() => tf.tidy(() => void method.loss(params, batch, {}, now)));
});

test('the encoder is the result, of whole images; tokens, positions, biases and norms do not decay', () => {
  close(
    method.embed(params, {}, images, {}).embedding.dataSync(),
    backbone.apply(params.backbone, images, {}).dataSync(),
    0,
  );
  const decay = (name: string, shape: number[]) => method.rule!(name, step(), tf.ones(shape)).decay;
  assert.deepEqual(
    [
      ['mask_token', [1, 1, 8]],
      ['backbone.cls_token', [1, 1, 8]],
      ['backbone.pos_embed', [1, 4, 8]],
      ['decoder.bias', [8]],
      ['decoder.weight', [8, 8]],
    ].map(([name, shape]) => decay(name as string, shape as number[])),
    [0, 0, 0, 0, 1],
  );
});

test('learns: what is said of a large part of an image fits it', () =>
  completesPlanes(simmim({backbone: meanBackbone}), cells, {ratio: 0.6, epochs: 30}));

test('a compiled training gives the numbers of an eager one, and holds no more tensors with every step', () =>
  sameCompiled(simmim({backbone: meanBackbone}), {source: () => planeViews(cells), steps: 8}));

test('a training that is continued from a file, from the middle of an epoch, ends in the same numbers', async () => {
  await continuesExactly(
    {method, source: planeViews(cells), optimizer: adamW(), schedule: constant(1e-3), epochs: 2, batch: 32, seed: 3},
    [3],
  );
});

test('masks of another grid are refused', () => {
  const {masked, ...rest} = masks;
  assert.throws(
    () => method.loss(params, {...batch, masks: {masked: masked.slice(0, 2), ...rest}}, {}, step()),
    /^RangeError: simmim: expected masks \[3,16\] of 4 × 4 patches, got \[2,16\]: take a grid of the view's size over the backbone's patch$/,
  );
});
