// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {swav, type SwavOptions} from '../../../lib/methods/clusters/swav';
import {unit} from '../../../lib/layers/unit';
import type {Params, Step} from '../../../lib/module';
import {leaves, map} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {sgd} from '../../../lib/training/sgd';
import {multiCrop} from '../../../lib/views/sources/multiCrop';
import {swavViews} from '../../../lib/views/recipes/swav';
import {close} from '../../close';
import {flat} from '../../flat';
import {tinyDataset} from '../../study/tinyDataset';
import {crops, onTwoViews, positionsMean, weight} from '../crops';
import {compiledEqualsEager, tinyBackbone} from '../equal';
import {learns} from '../learns';

const {swav: reference} = JSON.parse(
  fs.readFileSync(path.join(__dirname, '../../reference/clusterMethods.json'), 'utf8'),
) as {
  swav: {
    local: number;
    queue: boolean;
    loss: number;
    codes: number[];
    gradients: Record<string, number[]>;
    queues?: number[][];
  }[];
};

const step = ({index = 0, progress = 0.5} = {}): Step => ({
  key: key(0),
  index: tf.scalar(index, 'int32'),
  progress: tf.scalar(progress),
  stepsPerEpoch: 1,
  epochs: 1,
});
const options = {backbone: positionsMean(12), projector: [5, 4], prototypes: 7};
const rows = (name: string, shape: [number, number]) => unit(weight(name, shape, 1) as tf.Tensor2D);
const weights = () => ({
  backbone: {},
  projector: {
    linear1: {weight: weight('linear1', [5, 12])},
    bn1: {weight: tf.ones([5]), bias: tf.zeros([5])},
    linear2: {weight: weight('linear2', [4, 5]), bias: weight('bias2', [4])},
  },
  prototypes: {weight: rows('prototypes', [7, 4])},
});
const queues = () => ({first: rows('queue0', [12, 4]), second: rows('queue1', [12, 4])});

for (const {local, queue, loss: expected, codes, gradients: gradient, queues: after} of reference) {
  test(`loss, codes, gradients and queue equal torch's, with ${local} local crops and ${queue ? 'a' : 'no'} queue`, () => {
    const method = swav({...options, queue: queue ? 12 : 0});
    const state = {queue: queue ? queues() : {}};
    const {loss, gradients, outputs} = valueAndGradients(
      params => method.loss(params, crops(local), state, step()),
      weights(),
    );
    close(loss.dataSync(), [expected], 1e-5);
    close(outputs.teacher.dataSync(), codes, 1e-5);
    assert.deepEqual(outputs.projection.shape, [12, 4]);
    const found = new Map(leaves(gradients));
    for (const [name, values] of Object.entries(gradient)) close(found.get(name)!.dataSync(), values, 2e-5);
    const moved = method.afterStep!(weights(), state, step(), outputs).queue as Record<string, tf.Tensor>;
    if (after) ['first', 'second'].forEach((name, i) => close(moved[name]!.dataSync(), after[i]!, 1e-5));
    else assert.deepEqual(moved, {});
  });
}

test('a queue fills from its share of the training on, and counts once it is full', () => {
  const method = swav({...options, queue: 12, queueFrom: 0.4});
  const loss = (queue: Params, using = method) => using.loss(weights(), crops(1), {queue}, step()).loss.dataSync();
  const start = method.initState!(weights(), key(0));
  close((start.queue.first as tf.Tensor).dataSync(), Array(48).fill(0), 0);
  const {outputs} = method.loss(weights(), crops(1), start, step());
  const before = method.afterStep!(weights(), start, step({progress: 0.39}), outputs);
  close((before.queue.second as tf.Tensor).dataSync(), Array(48).fill(0), 0);
  const half = method.afterStep!(weights(), start, step({progress: 0.4}), outputs);
  const second = half.queue.second as tf.Tensor2D;
  close(second.dataSync(), tf.concat([unit(outputs.projection.slice([6, 0])), tf.zeros([6, 4])]).dataSync(), 1e-6);
  const alone = loss({}, swav(options));
  close(loss(half.queue), alone, 1e-6);
  close(loss(map(queues(), queued => tf.concat([queued.slice(0, 11), tf.zeros([1, 4])]))), alone, 1e-6);
  assert.ok(Math.abs(loss(queues())[0]! - alone[0]!) > 1e-3);
});

test('prototypes have length 1, at the start and after each update', () => {
  const method = swav({...options, prototypes: 9});
  const lengths = (params: {prototypes: Params}) => (params.prototypes.weight as tf.Tensor).square().sum(1).dataSync();
  close(lengths(method.init(key(0))), Array(9).fill(1), 1e-6);
  close(lengths(method.constrain!(map(method.init(key(0)), tensor => tensor.mul(3)))), Array(9).fill(1), 1e-6);
});

test('the optimizer leaves prototypes and their slots alone in the first steps', () => {
  const method = swav({...options, frozenSteps: 2});
  const optimizer = adamW();
  const params = weights();
  const update = (index: number) =>
    optimizer.update(
      params,
      map(params, tensor => tf.onesLike(tensor)),
      optimizer.init(params),
      {rate: 0.1, peak: 0.1, step: step({index}), rule: method.rule},
    );
  const moved = (index: number) => {
    const {params: next, slots} = update(index);
    const first = slots.first as unknown as ReturnType<typeof weights>;
    return [
      next.prototypes.weight.sub(params.prototypes.weight),
      first.prototypes.weight,
      next.projector.linear1.weight.sub(params.projector.linear1.weight),
    ].map(tensor => tensor.abs().max().dataSync()[0]! > 0);
  };
  assert.deepEqual(
    [moved(0), moved(1), moved(2)],
    [
      [false, false, true],
      [false, false, true],
      [true, true, true],
    ],
  );
  assert.deepEqual(swav({...options, frozenSteps: 0}).rule!('prototypes.weight', step(), tf.ones([7, 4])), {});
});

test("codes of another kind take the place of Sinkhorn's", () => {
  const method = swav({...options, codes: scores => scores.div<tf.Tensor2D>(0.05).softmax()});
  const {outputs} = method.loss(weights(), crops(0), {queue: {}}, step());
  const z = unit(outputs.projection);
  close(
    outputs.teacher.dataSync(),
    tf.matMul(z, weights().prototypes.weight, false, true).div(0.05).softmax().dataSync(),
    1e-4,
  );
});

test('nothing is left in memory, and nothing flows through codes and queue', async () => {
  const method = swav({...options, queue: 12});
  const [params, at, batch, state] = [weights(), step(), crops(2), {queue: queues()}];
  await flat(() => tf.tidy(() => void method.loss(params, batch, state, at)));
  const {gradients} = valueAndGradients(queue => method.loss(params, batch, {queue}, at), state.queue);
  for (const [, gradient] of leaves(gradients)) close(gradient.dataSync(), Array(48).fill(0), 0);
  const soft = swav({...options, codes: scores => scores.softmax()});
  const fixed = tf.split(soft.loss(params, batch, {queue: {}}, at).outputs.teacher, 2) as tf.Tensor2D[];
  const gradient = (using: typeof soft) =>
    valueAndGradients(
      network => using.loss(network, batch, {queue: {}}, at),
      params,
    ).gradients.projector.linear2.weight.dataSync();
  close(gradient(soft), gradient(swav({...options, codes: () => fixed.shift()!})), 1e-6);
});

test('learns to tell images apart, with local crops', () =>
  learns(onTwoViews(swav({backbone: tinyBackbone(), projector: [16, 16], prototypes: 32, frozenSteps: 4})), 0.5));

test('compiled equals eager: crops of two sizes, prototypes that thaw, a queue that fills', () => {
  const dataset = tinyDataset(16);
  const {mean, standardDeviation} = dataset;
  return compiledEqualsEager(() => ({
    method: swav({
      backbone: tinyBackbone(),
      projector: [16, 8],
      prototypes: 12,
      queue: 32,
      queueFrom: 0.1,
      frozenSteps: 5,
    }),
    source: multiCrop({dataset, recipe: swavViews({size: 16, mean, standardDeviation, local: {count: 2, size: 8}})}),
    optimizer: sgd(),
    schedule: constant(0.01),
    epochs: 4,
    batch: 16,
    seed: 4,
  }));
});

test('refused: a queue not of whole batches, one prototype, shares and steps out of range', () => {
  const run = (given: Partial<SwavOptions>) => {
    const method = swav({...options, ...given});
    return method.loss(weights(), crops(0), method.initState!(weights(), key(0)), step());
  };
  assert.throws(() => run({queue: 4}), /^RangeError: swav: expected a queue of a multiple of the batch of 6, got 4$/);
  assert.throws(() => run({queue: 15}), /^RangeError: swav: expected a queue of a multiple of the batch of 6, got 15$/);
  assert.throws(
    () => run({queue: -6}),
    /^RangeError: swav: expected a queue of a multiple of the batch, or 0, got -6$/,
  );
  assert.throws(() => run({prototypes: 1}), /^RangeError: swav: expected prototypes a whole number from 2, got 1$/);
  assert.throws(
    () => run({queueFrom: 1}),
    /^RangeError: swav: expected queueFrom as a share of the training, 0 to below 1, got 1$/,
  );
  assert.throws(() => run({frozenSteps: -1}), /^RangeError: swav: expected frozenSteps a whole number from 0, got -1$/);
  assert.throws(() => run({temperature: 0}), /^RangeError: teacherCrossEntropy: expected temperature > 0, got 0$/);
});
