import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {moco} from '../../../lib/methods/contrastive/moco';
import type {Step} from '../../../lib/module';
import {leaves} from '../../../lib/engine/params';
import {close} from '../../close';
import {flat} from '../../flat';
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
const batch = () => ({first: images('first'), second: images('second'), index: tf.range(0, 6, 1, 'int32')});

for (const groups of [1, 2, 3]) {
  test(`loss, gradient and queue equal torch's, in ${groups} groups`, () => {
    const method = moco({backbone: flatten(12), projector: [4], temperature: 0.2, queue: 12, momentum: 0.9, groups});
    const params = {backbone: {}, projector: {linear1: linear1()}, temperature: {}};
    const state = {teacher: {backbone: {}, projector: {linear1: linear1()}}, queue: unitRows('queue', 12)};
    const {loss, gradients, outputs} = valueAndGradients(
      weights => method.loss(weights, batch(), state, step()),
      params,
    );
    close(loss.dataSync(), [reference.moco.loss], 1e-5);
    close(gradients.projector.linear1.weight.dataSync(), reference.moco.gradient, 1e-5);
    const after = method.afterStep!(
      {...params, projector: {linear1: {weight: tf.zeros([4, 12]), bias: tf.zeros([4])}}},
      state,
      step(),
      outputs,
    );
    close(after.queue.dataSync(), reference.moco.queue, 1e-5);
    close(
      leaves(after.teacher.projector)
        .find(([name]) => name === 'linear1.weight')![1]
        .dataSync(),
      linear1().weight.mul(0.9).dataSync(),
      1e-6,
    );
  });
}

test('groups are seen apart by BatchNorm, and keys come back in the order of their queries', () => {
  const loss = (groups: number, momentum = 0.9) => {
    const method = moco({backbone: smallConv({width: 16}), projector: [8], queue: 12, momentum, groups});
    const params = method.init(key(1));
    const same = {first: images('first'), second: images('first'), index: tf.range(0, 6, 1, 'int32')};
    const {outputs} = method.loss(params, same, method.initState!(params, key(2)), step());
    const [q, k] = tf.split(outputs.projection, 2);
    return q!.mul(k!).sum(1).dataSync();
  };
  // the same image, the same encoder, one batch: query and key are one
  close(loss(1), Array(6).fill(1), 1e-4);
  assert.ok(loss(3).some(cosine => cosine < 0.999));
});

test('nothing is left in memory, and nothing flows into the teacher', async () => {
  const method = moco({backbone: flatten(12), projector: [4], queue: 12, groups: 2});
  const params = method.init(key(0));
  const state = method.initState!(params, key(1));
  const [at, given] = [step(), batch()];
  await flat(() => tf.tidy(() => void method.loss(params, given, state, at)));
  const {gradients} = valueAndGradients(teacher => method.loss(params, given, {...state, teacher}, at), state.teacher);
  for (const [, gradient] of leaves(gradients)) close(gradient.dataSync(), Array(gradient.size).fill(0), 0);
});

test('refused: groups that do not divide the batch, a queue not of whole batches, momentum out of range', () => {
  const method = moco({backbone: flatten(12), projector: [4], groups: 4});
  const params = method.init(key(0));
  assert.throws(
    () => method.loss(params, batch(), method.initState!(params, key(1)), step()),
    /^RangeError: moco: expected a batch that 4 groups divide, got 6/,
  );
  for (const queue of [4, 9]) {
    const other = moco({backbone: flatten(12), projector: [4], groups: 2, queue});
    assert.throws(
      () => other.loss(params, batch(), other.initState!(params, key(1)), step()),
      new RegExp(`^RangeError: moco: expected a queue of a multiple of the batch of 6, got ${queue}$`),
    );
  }
  assert.throws(
    () => moco({backbone: flatten(12), queue: 0}),
    /^RangeError: moco: expected a queue of a multiple of the batch, got 0$/,
  );
  for (const momentum of [-0.1, 1.01])
    assert.throws(
      () => moco({backbone: flatten(12), momentum}),
      new RegExp(`^RangeError: moco: expected momentum from 0 to 1, got ${momentum}$`),
    );
});

test('learns to tell images apart', () =>
  learns(moco({backbone: smallConv({width: 16}), projector: [16, 16], queue: 64, momentum: 0.9, groups: 2}), 0.5));
