import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {instanceDiscrimination} from '../../../lib/methods/contrastive/instanceDiscrimination';
import type {Step} from '../../../lib/module';
import {close} from '../../close';
import {flatten} from './flatten';
import {learns} from '../learns';
import {images, linear1, reference, unitRows} from './reference';

const step = (): Step => ({
  key: key(0),
  index: tf.scalar(0, 'int32'),
  progress: tf.scalar(0),
  stepsPerEpoch: 1,
  epochs: 1,
});

test("loss, gradient and bank equal torch's", () => {
  const method = instanceDiscrimination({backbone: flatten(12), size: 9, projector: [4], temperature: 0.2});
  const params = {backbone: {}, projector: {linear1: linear1()}, temperature: {}};
  const state = {bank: unitRows('bank')};
  const batch = {view: images('first'), index: tf.tensor1d([3, 0, 8, 5, 1, 7], 'int32')};
  const {loss, gradients, outputs} = valueAndGradients(weights => method.loss(weights, batch, state, step()), params);
  close(loss.dataSync(), [reference.instanceDiscrimination.loss], 1e-5);
  close(gradients.projector.linear1.weight.dataSync(), reference.instanceDiscrimination.gradient, 1e-5);
  const {bank} = method.afterStep!(params, state, step(), outputs);
  close(bank.dataSync(), reference.instanceDiscrimination.bank, 1e-5);
  close(state.bank.dataSync(), unitRows('bank').dataSync(), 0); // the old one is untouched
});

test('the bank starts as different unit rows', () => {
  const method = instanceDiscrimination({backbone: flatten(12), size: 9, projector: [4]});
  const {bank} = method.initState!(method.init(key(0)), key(1));
  close(bank.norm('euclidean', 1).dataSync(), Array(9).fill(1), 1e-5);
  assert.ok(tf.matMul(bank, bank, false, true).sub(tf.eye(9)).max().dataSync()[0]! < 0.9999);
});

test('learns to tell images apart', () =>
  learns(instanceDiscrimination({backbone: smallConv({width: 16}), size: 64, projector: [16], temperature: 0.2}), 1));

test('a bank of one image is refused', () => {
  assert.throws(
    () => instanceDiscrimination({backbone: flatten(12), size: 1}),
    /^RangeError: instanceDiscrimination: expected the number of images, at least 2, got 1/,
  );
});
