// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {invariantSpread} from '../../../lib/methods/contrastive/invariantSpread';
import {close} from '../../close';
import {flat} from '../../flat';
import reference from '../../reference/instanceMethods.json';
import {learns} from '../learns';
import {sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {flatten} from './flatten';
import {images, linear1} from './reference';

const batch = () => ({first: images('first'), second: images('second'), index: tf.range(0, 6, 1, 'int32')});

test("loss and gradient equal torch's: candidates are neither pulled nor pushed", () => {
  const method = invariantSpread({backbone: flatten(12), projector: [4], temperature: 0.2});
  const params = {backbone: {}, projector: {linear1: linear1()}, temperature: {}};
  const {loss, gradients, outputs} = valueAndGradients(weights => method.loss(weights, batch(), {}, step()), params);
  close(loss.dataSync(), [reference.invariantSpread.loss], 1e-5);
  close(gradients.projector.linear1.weight.dataSync(), reference.invariantSpread.gradient, 1e-5);
  assert.deepEqual(outputs.projection.shape, [12, 4]);
});

test('learns to tell images apart', () =>
  learns(invariantSpread({backbone: smallConv({width: 16}), projector: [16], temperature: 0.2}), 1));

test('compiled equals eager', () =>
  sameCompiled(
    invariantSpread({backbone: smallConv({width: 16}), projector: [8], temperature: {schedule: 'learned', start: 0.2}}),
  ));

test('nothing is left in memory; a batch of one image is refused', async () => {
  const method = invariantSpread({backbone: flatten(12), projector: [4]});
  const params = method.init(key(0));
  const [at, given] = [step(), batch()];
  await flat(() => tf.tidy(() => void method.loss(params, given, {}, at)));
  const one = {...given, first: given.first.slice(0, 1), second: given.second.slice(0, 1)};
  assert.throws(
    () => method.loss(params, one, {}, at),
    /^RangeError: pairSimilarities: expected two views each of at least 2 images, got \[2,4\]/,
  );
});
