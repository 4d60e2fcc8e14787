// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {dino, type DinoOptions, type DinoOutputs, type DinoParams} from '../../../lib/methods/distillation/dino';
import type {Params, Step} from '../../../lib/module';
import {leaves, map} from '../../../lib/engine/params';
import {constant, ramp} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {clipped} from '../../../lib/training/clipped';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import {multiCrop} from '../../../lib/views/sources/multiCrop';
import {dinoViews} from '../../../lib/views/recipes/dino';
import {close} from '../../close';
import {flat} from '../../flat';
import {tinyDataset} from '../../study/tinyDataset';
import {crops, onTwoViews, positionsMean, weight} from '../crops';
import {compiledEqualsEager, tinyBackbone} from '../equal';
import {noisyImages} from '../learns';

const {dino: reference} = JSON.parse(
  fs.readFileSync(path.join(__dirname, '../../reference/clusterMethods.json'), 'utf8'),
) as {
  dino: {
    local: number;
    pairs: number;
    loss: number;
    divergence: number;
    teacherEntropy: number;
    teacher: number[];
    center: number[];
    gradients: Record<string, number[]>;
  }[];
};

const step = ({index = 0, progress = 0, stepsPerEpoch = 1} = {}): Step => ({
  key: key(0),
  index: tf.scalar(index, 'int32'),
  progress: tf.scalar(progress),
  stepsPerEpoch,
  epochs: 1,
});
const small = (options: Partial<DinoOptions> = {}) =>
  dino({backbone: positionsMean(12), hidden: 5, bottleneck: 4, prototypes: 7, ...options});
const network = (owner: string): DinoParams => {
  const layer = (name: string, shape: [number, number]) => ({
    weight: weight(`${owner}.${name}`, shape),
    bias: weight(`${owner}.${name}.bias`, [shape[0]]),
  });
  return {
    backbone: {},
    projector: {
      linear1: layer('linear1', [5, 12]),
      linear2: layer('linear2', [5, 5]),
      linear3: layer('linear3', [4, 5]),
    },
    last_layer: {weight_v: weight(`${owner}.last`, [7, 4])},
  };
};
const stateOf = () => ({teacher: network('teacher'), center: weight('centre', [7], 0.1) as tf.Tensor1D});
const largest = (tensor: tf.Tensor) => tensor.abs().max().dataSync()[0]!;

for (const {local, pairs, gradients: gradient, ...expected} of reference) {
  test(`loss, gradients, entropy and divergence of ${pairs} pairs of crops equal torch's, and the center after the step`, () => {
    const method = small();
    const {loss, gradients, outputs} = valueAndGradients(
      params => method.loss(params, crops(local), stateOf(), step()),
      network('student'),
    );
    close(loss.dataSync(), [expected.loss], 1e-5);
    close(outputs.teacher.dataSync(), expected.teacher, 1e-5);
    close(outputs.teacherEntropy.dataSync(), [expected.teacherEntropy], 1e-5);
    close(outputs.divergence.dataSync(), [expected.divergence], 1e-5);
    assert.deepEqual(outputs.projection.shape, [12, 4]);
    const found = new Map(leaves(gradients));
    assert.deepEqual([...found.keys()].sort(), Object.keys(gradient).sort());
    for (const [name, values] of Object.entries(gradient)) close(found.get(name)!.dataSync(), values, 2e-5);
    close(method.afterStep!(network('student'), stateOf(), step(), outputs).center.dataSync(), expected.center, 1e-6);
  });
}

test('the loss goes by the center of the steps before: the first knows none', () => {
  const [method, without] = [small(), small({centering: false})];
  const start = method.initState!(network('student'), key(0));
  const loss = (using: typeof method, state: typeof start) => using.loss(network('student'), crops(1), state, step());
  const {loss: first, outputs} = loss(method, start);
  close(first.dataSync(), loss(without, start).loss.dataSync(), 0);
  const next = method.afterStep!(network('student'), start, step(), outputs);
  close(next.center.dataSync(), outputs.meanLogits.mul(0.1).dataSync(), 1e-6);
  assert.ok(Math.abs(loss(method, next).loss.dataSync()[0]! - first.dataSync()[0]!) > 1e-4);
  close(without.afterStep!(network('student'), start, step(), outputs).center.dataSync(), Array(7).fill(0), 0);
});

test("without sharpening the teacher has the student's temperature", () => {
  const teacher = (options: Partial<DinoOptions>) =>
    small(options).loss(network('student'), crops(0), stateOf(), step()).outputs.teacher.dataSync();
  close(
    teacher({sharpening: false, temperature: 0.3}),
    teacher({temperature: 0.3, teacherTemperature: constant(0.3)}),
    0,
  );
  assert.ok(Math.max(...teacher({})) > Math.max(...teacher({sharpening: false})));
});

test("momentum, decay and the teacher's temperature at the start, half-way and at the end", () => {
  const teacherTemperature = ramp({from: 0.04, to: 0.07, share: 0.75});
  const method = small({momentum: 0.9, teacherTemperature});
  for (const [progress, momentum, decay, temperature] of [
    [0, 0.9, 1, 0.04],
    [0.5, 0.95, 5.5, 0.06],
    [1, 1, 10, 0.07],
  ] as const) {
    const at = step({progress});
    const {outputs} = method.loss(network('student'), crops(0), stateOf(), at);
    close(
      outputs.teacher.dataSync(),
      small({teacherTemperature: constant(temperature)})
        .loss(network('student'), crops(0), stateOf(), at)
        .outputs.teacher.dataSync(),
      1e-5,
    );
    const {teacher} = method.afterStep!(
      map(network('student'), tensor => tf.zerosLike(tensor)),
      stateOf(),
      at,
      outputs,
    );
    const own = new Map(leaves(network('teacher')));
    for (const [name, tensor] of leaves(teacher))
      close(tensor.dataSync(), own.get(name)!.mul(momentum).dataSync(), 1e-6);
    close(
      (method.rule!('projector.linear1.weight', at, tf.ones([5, 12])).decay as tf.Scalar).dataSync(),
      [decay],
      1e-5,
    );
    assert.equal(method.rule!('projector.linear1.bias', at, tf.ones([5])).decay, 0);
  }
});

test('in the first epoch the optimizer leaves the last layer and its slots alone', () => {
  const method = small({frozenEpochs: 1});
  const optimizer = clipped(adamW({decay: 0.04}), 3);
  const params = network('student');
  const moved = (index: number) => {
    const {params: next, slots} = optimizer.update(
      params,
      map(params, tensor => tf.onesLike(tensor)),
      optimizer.init(params),
      {rate: 0.1, peak: 0.1, step: step({index, stepsPerEpoch: 3}), rule: method.rule},
    );
    const parts = (tree: Params) =>
      [tree.last_layer, (tree.projector as Params).linear1].map(layer => leaves(layer as Params).at(-1)![1]);
    return [
      ...parts(next).map((tensor, i) => tensor.sub(parts(params)[i]!)),
      ...parts(slots.first as Params),
      ...parts(slots.second as Params),
    ].map(tensor => largest(tensor) > 0);
  };
  assert.deepEqual(moved(2), [false, true, false, true, false, true]);
  assert.deepEqual(moved(3), Array(6).fill(true));
});

test('the teacher is the result: its backbone and its bottleneck', () => {
  const method = dino({backbone: tinyBackbone(), bottleneck: 4, prototypes: 7});
  const [params, other] = [method.init(key(1)), method.init(key(2))];
  const state = {...method.initState!(params, key(0)), teacher: other};
  assert.equal(method.backbone!(params, state), other.backbone);
  const images = uniform(key(3), [4, 16, 16, 3]);
  const seen = method.embed(params, state, images, {});
  const expected = method.embed(other, {...state, teacher: other}, images, {});
  close(seen.embedding.dataSync(), expected.embedding.dataSync(), 0);
  assert.deepEqual(
    [seen.embedding.shape, seen.projection!.shape],
    [
      [4, 16],
      [4, 4],
    ],
  );
  assert.ok(largest(seen.embedding.sub(method.embed(other, {...state, teacher: params}, images, {}).embedding)) > 0.01);
});

test("the head has the paper's sizes at the paper's backbones", () => {
  const hidden = (width: number) =>
    (
      (small({backbone: positionsMean(width), hidden: undefined}).init(key(0)).projector.linear2 as Params)
        .weight as tf.Tensor
    ).shape[0];
  assert.deepEqual([384, 768, 2048, 192].map(hidden), [2048, 2048, 2048, 1024]);
});

test('nothing is left in memory, and nothing flows into teacher and center', async () => {
  const method = small();
  const [params, state, at, batch] = [network('student'), stateOf(), step(), crops(2)];
  await flat(() => tf.tidy(() => void method.loss(params, batch, state, at)));
  const {gradients} = valueAndGradients(variables => method.loss(params, batch, variables, at), state);
  for (const [, gradient] of leaves(gradients)) close(gradient.dataSync(), Array(gradient.size).fill(0), 0);
});

/**
 * The first and the last step of a training on 64 images of noise, seen with a little more noise,
 * with 32 prototypes.
 */
async function trained(
  options: Partial<DinoOptions>,
  {rate, steps}: {rate: number; steps: number},
): Promise<[Record<string, number>, Record<string, number>]> {
  const task = {
    method: onTwoViews(dino({backbone: tinyBackbone(), hidden: 32, bottleneck: 16, prototypes: 32, ...options})),
    source: noisyImages(),
    optimizer: clipped(adamW({decay: 0.04}), 3),
    schedule: constant(rate),
    epochs: 100,
    batch: 32,
    seed: 1,
    watch: ({teacher, teacherEntropy, divergence}: DinoOutputs) => ({
      teacherEntropy,
      divergence,
      overall: tf.tidy(() => teacher.mean(0).mul(teacher.mean(0).add(1e-9).log()).sum().neg() as tf.Scalar),
    }),
  };
  const training = openTraining(task);
  const told: Record<string, number>[] = [];
  for await (const {loss, metrics} of train(task, training)) if (told.push({loss, ...metrics}) === steps) break;
  training.dispose();
  return [told[0]!, told.at(-1)!];
}

test('learns: the student comes to know the teacher, who says different things of different images', async () => {
  const [first, last] = await trained({momentum: 0.99}, {rate: 1e-3, steps: 200});
  assert.ok(last.loss! < first.loss! - 0.5 && last.loss! < Math.log(32), `loss from ${first.loss} to ${last.loss}`);
  assert.ok(
    last.divergence! > 0.05 && last.overall! - last.teacherEntropy! > 0.1,
    `divergence ${last.divergence}, entropy ${last.teacherEntropy} of ${last.overall}`,
  );
});

test('collapses as the paper says: to one prototype without centering, to all alike without sharpening', async () => {
  const [, one] = await trained({momentum: 0.9, centering: false}, {rate: 3e-3, steps: 41});
  close([one.teacherEntropy!, one.divergence!], [0, 0], 0.01);
  const [, alike] = await trained({momentum: 0.9, sharpening: false}, {rate: 3e-3, steps: 101});
  close([alike.teacherEntropy!, alike.divergence!], [Math.log(32), 0], 0.01);
});

test('compiled equals eager: crops of two sizes, a last layer that thaws, a temperature that moves', () => {
  const dataset = tinyDataset(16);
  const {mean, standardDeviation} = dataset;
  const task = () => ({
    method: dino({
      backbone: tinyBackbone(),
      hidden: 16,
      bottleneck: 8,
      prototypes: 12,
      momentum: 0.9,
      teacherTemperature: ramp({from: 0.04, to: 0.07, share: 0.3}),
    }),
    source: multiCrop({dataset, recipe: dinoViews({size: 16, mean, standardDeviation, local: {count: 2, size: 8}})}),
    optimizer: clipped(adamW({decay: 0.04}), 3),
    schedule: constant(1e-3),
    epochs: 4,
    batch: 16,
    seed: 4,
  });
  return compiledEqualsEager(task, 13); // the last layer thaws after the first epoch, of 10
});

test('refused: one prototype, momentum outside 0 to 1, negative epochs, another number of global crops, τ ≤ 0', () => {
  assert.throws(() => small({prototypes: 1}), /^RangeError: dino: expected prototypes a whole number from 2, got 1$/);
  assert.throws(() => small({momentum: 1.1}), /^RangeError: dino: expected momentum from 0 to 1, got 1.1$/);
  assert.throws(
    () => small({centerMomentum: -0.1}),
    /^RangeError: dino: expected centerMomentum from 0 to 1, got -0.1$/,
  );
  assert.throws(
    () => small({frozenEpochs: -1}),
    /^RangeError: dino: expected frozenEpochs a whole number from 0, got -1$/,
  );
  const {global, ...rest} = crops(1);
  assert.throws(
    () => small().loss(network('student'), {...rest, global: [global[0]!]}, stateOf(), step()),
    /^RangeError: cropProjections: expected two global crops of each image, got 1$/,
  );
  assert.throws(
    () => small({temperature: 0}).loss(network('student'), crops(1), stateOf(), step()),
    /^RangeError: teacherCrossEntropy: expected temperature > 0, got 0$/,
  );
});
