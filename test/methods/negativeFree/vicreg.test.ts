// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {vicreg} from '../../../lib/methods/negativeFree/vicreg';
import {leaves} from '../../../lib/engine/params';
import {close} from '../../close';
import {flat} from '../../flat';
import {hashed} from '../../reference/hashed';
import reference from '../../reference/redundancyMethods.json';
import {flatten} from '../contrastive/flatten';
import {learns} from '../learns';
import {sameCompiled} from '../sameCompiled';
import {step} from '../step';

const weight = (name: string, shape: [number, number]) => ({weight: tf.tensor2d(hashed(name, shape, 0.5), shape)});
const view = (name: string) => tf.tensor4d(hashed(name, [8, 2, 2, 3]), [8, 2, 2, 3]);
const batch = () => ({first: view('first'), second: view('second'), index: tf.range(0, 8, 1, 'int32')});

test("first loss and gradients equal torch's, each view with its own BatchNorm", () => {
  const method = vicreg({backbone: flatten(12), projector: [7, 5]});
  const bn1 = {weight: tf.tensor1d(hashed('scale', [7], 0.3)).add<tf.Tensor1D>(1), bias: tf.zeros([7])};
  const params = {
    backbone: {},
    projector: {linear1: weight('weight1', [7, 12]), bn1, linear2: weight('weight2', [5, 7])},
  };
  assert.deepEqual(
    leaves(method.init(key(0))).map(([name, {shape}]) => [name, shape]),
    leaves(params).map(([name, {shape}]) => [name, shape]),
  );
  const {loss, gradients, outputs} = valueAndGradients(weights => method.loss(weights, batch(), {}, step()), params);
  close(loss.dataSync(), [reference.vicreg.loss], 1e-5);
  close(gradients.projector.linear1.weight.dataSync(), reference.vicreg.linear1, 1e-5);
  close(gradients.projector.bn1.weight.dataSync(), reference.vicreg.scale, 1e-5);
  close(gradients.projector.linear2.weight.dataSync(), reference.vicreg.linear2, 1e-5);
  assert.deepEqual(
    [outputs.embedding.shape, outputs.projection.shape],
    [
      [16, 12],
      [16, 5],
    ],
  );
});

test('the projector is four times as wide as the backbone, and nothing is left in memory', async () => {
  const method = vicreg({backbone: flatten(12)});
  const params = method.init(key(0));
  assert.deepEqual(
    leaves(params)
      .filter(([name]) => name.includes('linear'))
      .map(([, {shape}]) => shape),
    [
      [48, 12],
      [48, 48],
      [48, 48],
    ],
  );
  const [at, given] = [step(), batch()];
  await flat(() => tf.tidy(() => void method.loss(params, given, {}, at)));
});

test('learns features that agree and say different things', () =>
  learns(vicreg({backbone: smallConv({width: 16}), projector: [32, 32]}), 8));

test('compiled equals eager', () => sameCompiled(vicreg({backbone: smallConv({width: 16}), projector: [16, 8]})));

test('a batch of one image is refused', () => {
  const method = vicreg({backbone: flatten(12), projector: [4]});
  const one = {first: view('first').slice(0, 1), second: view('second').slice(0, 1), index: tf.range(0, 1, 1, 'int32')};
  assert.throws(
    () => method.loss(method.init(key(0)), one, {}, step()),
    /^RangeError: varianceInvarianceCovariance: expected two views \[n, d\] of at least 2 images, got \[1,4\]/,
  );
});
