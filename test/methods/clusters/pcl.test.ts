// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {unit} from '../../../lib/layers/unit';
import {pcl, type PclOptions, type PclState} from '../../../lib/methods/clusters/pcl';
import {moco} from '../../../lib/methods/contrastive/moco';
import {leaves} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {train} from '../../../lib/training/train';
import {disposeState, openTraining} from '../../../lib/training/training';
import {twoViews} from '../../../lib/views/sources/twoViews';
import {close} from '../../close';
import {flat} from '../../flat';
import {hashed} from '../../reference/hashed';
import reference from '../../reference/prototypes.json';
import {continuesExactly} from '../continues';
import {flatten} from '../contrastive/flatten';
import {images, linear1, unitRows} from '../contrastive/reference';
import {dataset, recipe, sameCompiled} from '../sameCompiled';
import {step} from '../step';

const index = [3, 0, 8, 5, 1, 7];
const batch = () => ({first: images('first'), second: images('second'), index: tf.tensor1d(index, 'int32')});
const small = (options: Partial<PclOptions> = {}) =>
  pcl({
    backbone: flatten(12),
    size: 9,
    projector: [4],
    temperature: 0.2,
    queue: 12,
    groups: 2,
    momentum: 0.9,
    clusters: [3, 5],
    ...options,
  });
const set = (name: string, k: number) => ({
  centers: unit(tf.tensor2d(hashed(`${name} centres`, [k, 4]), [k, 4])),
  concentration: tf.tensor1d(hashed(`${name} concentration`, [k], 0.2)).add<tf.Tensor1D>(0.3),
  assignment: tf.tensor1d(
    Array.from({length: 9}, (_, i) => (i * 7) % k),
    'int32',
  ),
});
const state = (ready: number): PclState => ({
  teacher: {backbone: {}, projector: {linear1: linear1()}},
  queue: unitRows('queue', 12),
  prototypes: {set1: set('three', 3), set2: set('five', 5)},
  ready: tf.scalar(ready),
});
const params = () => ({backbone: {}, projector: {linear1: linear1()}, temperature: {}});

test("loss and gradient equal torch's, with prototypes and before there are any", () => {
  const {loss, gradients} = valueAndGradients(weights => small().loss(weights, batch(), state(1), step()), params());
  close(loss.dataSync(), [reference.pcl.loss], 1e-5);
  close(gradients.projector.linear1.weight.dataSync(), reference.pcl.gradient, 1e-5);
  close(small().loss(params(), batch(), state(0), step()).loss.dataSync(), [reference.pcl.instance], 1e-5);
});

test("nothing flows into teacher and prototypes, nothing is left, and a step moves MoCo's state alone", async () => {
  const method = small();
  const [own, given, at, before] = [params(), batch(), step(), state(1)];
  await flat(() => tf.tidy(() => void method.loss(own, given, before, at)));
  const {gradients} = valueAndGradients(({teacher}) => method.loss(own, given, {...before, teacher}, at), {
    teacher: before.teacher,
  });
  for (const [, gradient] of leaves(gradients)) close(gradient.dataSync(), Array(gradient.size).fill(0), 0);
  const {outputs} = method.loss(own, given, before, at);
  const after = method.afterStep!(own, before, at, outputs);
  const {prototypes, ready, ...ofMoco} = before;
  const expected = moco({backbone: flatten(12), projector: [4], queue: 12, groups: 2, momentum: 0.9}).afterStep!(
    own,
    ofMoco,
    at,
    outputs,
  );
  const values = (tree: Parameters<typeof leaves>[0]) =>
    leaves(tree).map(([name, tensor]) => [name, ...tensor.dataSync()]);
  assert.deepEqual(values(after), values({...expected, prototypes, ready}));
});

const task = (options: Partial<PclOptions> = {}) => ({
  method: pcl({
    backbone: smallConv({width: 16}),
    size: 160,
    projector: [8],
    queue: 80,
    groups: 2,
    momentum: 0.9,
    clusters: [4, 10],
    warmup: 0.34,
    ...options,
  }),
  source: twoViews({dataset, recipe}),
  optimizer: adamW(),
  schedule: constant(3e-3),
  epochs: 3,
  batch: 80,
  seed: 2,
});

test('after the warm-up prototypes are unit centers of images that belong together, new ones each epoch', async () => {
  const t = task();
  const training = openTraining(t);
  const seen: {ready: number; centers: Float32Array; agreement: number}[] = [];
  for await (const {step: done} of train(t, training)) {
    if (done % 2 === 0) continue;
    const trained = training.read();
    const {centers, assignment, concentration} = trained.state.prototypes.set1!;
    const groups = Array.from({length: 4}, () => [0, 0, 0, 0]);
    assignment.dataSync().forEach((cluster, i) => groups[cluster]![dataset.labels[i]!]!++);
    seen.push({
      ready: trained.state.ready.dataSync()[0]!,
      centers: centers.dataSync<'float32'>(),
      agreement: groups.reduce((sum, group) => sum + Math.max(...group), 0) / 160,
    });
    if (seen.length > 1) {
      close(centers.norm('euclidean', 1).dataSync(), Array(4).fill(1), 1e-5);
      close(concentration.mean().dataSync(), [0.2], 1e-5);
    }
    disposeState(trained);
  }
  assert.deepEqual(
    seen.map(({ready}) => ready),
    [0, 1, 1],
  );
  assert.notDeepEqual(seen[1]!.centers, seen[2]!.centers);
  // by chance a third
  assert.ok(seen[2]!.agreement > 0.6, `${seen[2]!.agreement} of the images are in a cluster of their class`);
  training.dispose();
  t.source.dispose();
});

test('continued from a checkpoint, between epochs or within one: the same numbers, no tensor left', async () => {
  const t = task();
  assert.equal((await continuesExactly(t, [4, 5])).losses.length, 6);
  t.source.dispose();
});

test('compiled equals eager', () => sameCompiled(task({warmup: 0, momentum: 0.5}).method));

test('refused: impossible numbers of clusters, a warm-up above 1, a source of another size', async () => {
  assert.throws(
    () => small({clusters: [3, 10]}),
    /^RangeError: pcl: expected numbers of clusters from 2 to the 9 images, got \[3,10\]/,
  );
  assert.throws(
    () => small({clusters: []}),
    /^RangeError: pcl: expected numbers of clusters from 2 to the 9 images, got \[\]/,
  );
  assert.throws(() => small({clusters: [1]}), /^RangeError: pcl: expected numbers of clusters/);
  assert.throws(() => small({size: 1}), /^RangeError: pcl: expected the number of images, at least 2, got 1/);
  assert.throws(() => small({momentum: 1.5}), /^RangeError: moco: expected momentum from 0 to 1, got 1.5$/);
  assert.throws(
    () => small({warmup: 2}),
    /^RangeError: pcl: expected warmup as a share of the training, 0 to 1, got 2/,
  );
  assert.throws(() => small({temperature: 0}), /^RangeError: pcl: expected temperature > 0, got 0/);
  const wrong = task({size: 100, warmup: 0});
  const training = openTraining(wrong);
  await assert.rejects(train(wrong, training).next(), /^RangeError: pcl: expected a source of 100 images, got 160/);
  training.dispose();
});

test("default clusters are the paper's shares of the images", () => {
  const {prototypes} = pcl({backbone: flatten(12), size: 12_812}).initState!({...params(), projector: {}}, key(0));
  assert.deepEqual(
    Object.values(prototypes).map(({centers}) => centers.shape),
    [
      [250, 128],
      [500, 128],
      [1000, 128],
    ],
  );
});
