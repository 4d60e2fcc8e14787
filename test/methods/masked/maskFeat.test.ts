// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {maskFeat} from '../../../lib/methods/masked/maskFeat';
import {leaves} from '../../../lib/engine/params';
import {close} from '../../close';
import {flat} from '../../flat';
import {maskFeat as reference} from '../../reference/maskedMethods.json';
import {sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {masksKeeping, maskToken} from './keeping';
import {blocks, completesPlanes, planeViews} from './planes';
import {images, index, meanBackbone} from './predictors';
import {backbone, filled, sameGradients} from './weights';

const method = maskFeat({backbone});
const started = method.init(key(0));
const params = {
  backbone: filled(started.backbone, 'backbone'),
  mask_token: maskToken(),
  decoder: filled(started.decoder, 'decoder'),
};
const batch = {view: images, masks: masksKeeping(reference.kept, {}), index};

test("loss and all gradients equal torch's", () => {
  const {loss, gradients, outputs} = valueAndGradients(weights => method.loss(weights, batch, {}, step()), params);
  close(loss.dataSync(), [reference.loss], 1e-4);
  assert.deepEqual(
    leaves(gradients).map(([name]) => name),
    Object.keys(reference.gradients).sort(),
  );
  sameGradients(gradients, reference.gradients);
  assert.deepEqual(
    [outputs.prediction.shape, outputs.target.shape],
    [
      [3, 16, 108],
      [3, 16, 108],
    ],
  );
});

test('a loss leaves nothing in memory', async () => {
  const now = step();
  await flat(() => tf.tidy(() => void method.loss(params, batch, {}, now)));
});

test('only biases and norms do not decay; histograms are no pixels', () => {
  const decay = (name: string, shape: number[]) => method.rule!(name, step(), tf.ones(shape)).decay;
  assert.deepEqual(
    [decay('mask_token', [1, 1, 8]), decay('decoder.weight', [8, 8]), decay('decoder.bias', [8])],
    [1, 1, 0],
  );
  assert.throws(
    () => method.reconstruct(params, images, batch.masks),
    /^RangeError: maskFeat: expected a target of pixels to reconstruct, got one that pixels do not follow from$/,
  );
});

test('learns: histograms fit their own image', () =>
  completesPlanes(maskFeat({backbone: meanBackbone}), blocks, {ratio: 0.85, epochs: 30, apart: 0.05}));

test('a compiled training gives the numbers of an eager one, and holds no more tensors with every step', () =>
  sameCompiled(maskFeat({backbone: meanBackbone}), {source: () => planeViews(blocks), steps: 8}));

test('cells that do not divide the patch are refused', () => {
  assert.throws(
    () => maskFeat({backbone, cell: 3}),
    /^RangeError: hogTarget: expected a side of cells in whole pixels that divides a patch of 4 px, got 3$/,
  );
});
