// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {LossRange} from '../../lib/losses/lossRange';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {instanceSpread} from '../../lib/losses/instanceSpread';
import {masksOf} from '../../lib/masks/masks';
import type {Params} from '../../lib/module';
import {methodNames} from '../../lib/methods/catalogue';
import type {MethodSettings} from '../../lib/methods/catalogue';
import {methodTask} from '../../lib/study/methodTask';
import {noInformation} from '../../lib/study/noInformation';
import {close} from '../close';
import {tinyDataset} from './tinyDataset';

const [n, images] = [8, 160];
const of = (method: MethodSettings): LossRange | undefined =>
  noInformation(method, {batch: n, backbone: 'smallConv', images});

/** The first row of a tensor in place of all of them. */
const alike = (rows: tf.Tensor) => tf.tile(rows.slice([0, 0], [1, rows.shape[1]!]), [rows.shape[0], 1]) as tf.Tensor2D;

/** [2n, 16], masks of half of the crops, as many as iBOT masks. */
const everySecond = () =>
  tf.tensor2d(
    Array.from(Array(2 * n).keys(), i => Array.from({length: 16}, (_, token) => Number(i % 2 === 0 && token < 5))),
  );

/** The loss of images that are all alike, where prototypes and what is remembered are alike too. */
function lossOf(settings: MethodSettings): number {
  const {
    task: {method, source},
  } = methodTask({
    dataset: tinyDataset(16),
    method: settings,
    seed: 1,
    batch: n,
    ...(settings.method === 'ibot' && {backbone: 'vit-nano-token'}),
  });
  source.dispose();
  return tf.tidy(() => {
    const [view, index] = [tf.fill([n, 16, 16, 3], 0.5), tf.range(0, n, 1, 'int32')];
    const batch = {
      first: view,
      second: view,
      view,
      index,
      global: [view, view],
      local: [],
      masks: masksOf(everySecond()),
    };
    const step = {key: key(2), index: tf.scalar(0, 'int32'), progress: tf.scalar(0), stepsPerEpoch: 1, epochs: 1};
    const params = method.init(key(1));
    for (const [part, name] of [
      ['prototypes', 'weight'],
      ['last_layer', 'weight_v'],
    ] as const) {
      const tree = params[part] as Params | undefined;
      if (tree?.[name]) tree[name] = alike(tree[name] as tf.Tensor);
    }
    const state = method.initState?.(params, key(3)) ?? {};
    if (state.bank) state.bank = tf.zerosLike(state.bank as tf.Tensor);
    if (state.ready) state.ready = tf.scalar(1);
    if (state.queue instanceof tf.Tensor) {
      const {projection} = method.loss(params, batch, state, step).outputs as {projection: tf.Tensor2D};
      // the last row is a key
      state.queue = tf.tile(projection.slice([2 * n - 1, 0], [1, projection.shape[1]]), [state.queue.shape[0], 1]);
    }
    return method.loss(params, batch, state, step).loss.dataSync()[0]!;
  });
}

/** At defaults, for they are the methods' own, and away from them. */
const judged: MethodSettings[] = [
  {method: 'siamese', options: {negatives: {temperature: 0.2}}},
  {method: 'siamese', options: {negatives: {temperature: 0.2, among: 'otherView'}}},
  {method: 'siamese', options: {clusters: {prototypes: 20}}},
  {method: 'siamese', options: {clusters: {prototypes: 20, iterations: 0}}},
  {method: 'simclr'},
  {method: 'simclr', options: {temperature: {schedule: 'learned', start: 0.1}}},
  {method: 'moco'},
  {method: 'moco', options: {queue: 64, groups: 2}},
  {method: 'mocoV3'},
  {method: 'mocoV3', options: {architecture: 'vit'}},
  {method: 'mocoV3', options: {temperature: 0.5}},
  {method: 'instanceDiscrimination'},
  {method: 'invariantSpread'},
  {method: 'pirl', options: {transform: 'rotation'}},
  {method: 'pcl', options: {queue: 64}},
  {method: 'pcl', options: {clusters: [8, 20]}},
  {method: 'swav'},
  {method: 'swav', options: {prototypes: 20}},
  {method: 'dino', options: {prototypes: 20}},
  {method: 'dino', options: {hidden: 16, bottleneck: 4}},
  {method: 'ibot', options: {prototypes: 20}},
  {method: 'ibot', options: {prototypes: 20, classWeight: 2, patchWeight: 0.5}},
  {method: 'ibot', mask: {strategy: 'attention', mode: 'high', probability: 1}},
  {method: 'barlowTwins'},
  {method: 'barlowTwins', options: {projector: [16, 24]}},
  {method: 'vicreg', options: {projector: [16]}},
  {method: 'vicreg', options: {projector: [16], variance: 10}},
];

for (const settings of judged) {
  test(`${settings.method} ${JSON.stringify({...settings.options, ...('mask' in settings && {mask: settings.mask})})}: the loss of images that are all alike`, () => {
    const {chance, floor = -Infinity} = of(settings)!;
    close([lossOf(settings)], [chance], 1e-5);
    assert.ok(floor < chance);
  });
}

test('nothing for losses that do not tell, whose best value it is, or where the number of images is needed', () => {
  for (const method of ['siamese', 'simsiam', 'byol', 'supervised'] as const) assert.equal(of({method}), undefined);
  for (const loss of ['hardContrastive', 'simple'] as const) assert.equal(of({method: 'simclr', loss}), undefined);
  for (const method of ['instanceDiscrimination', 'pirl', 'pcl'] as const)
    assert.equal(noInformation({method}, {batch: n, backbone: 'smallConv'}), undefined);
  assert.deepEqual(
    Object.keys(methodNames).filter(method => !judged.some(settings => settings.method === method)),
    ['simsiam', 'byol', 'mae', 'sdae', 'supervised'],
  );
});

test('the floors are the losses of views that agree, with other images orthogonal', () => {
  const similarities = (m: number) => ({positive: tf.ones<tf.Rank.R1>([2]), negatives: tf.zeros<tf.Rank.R2>([2, m])});
  for (const temperature of [0.1, 0.5]) {
    close(
      [of({method: 'invariantSpread', options: {temperature}})!.floor!],
      instanceSpread(similarities(2 * n - 2), {temperature}).dataSync(),
      1e-5,
    );
    close(
      [of({method: 'pirl', options: {temperature}})!.floor!],
      instanceSpread(similarities(images - 1), {temperature}).dataSync(),
      1e-5,
    );
  }
});

test('a τ that moves is judged at its largest, one that is learned not at all', () => {
  for (const method of ['simclr', 'moco', 'instanceDiscrimination', 'invariantSpread'] as const) {
    assert.deepEqual(
      of({method, options: {temperature: {schedule: 'cosine', from: 0.1, to: 0.4, periods: 2}}}),
      of({method, options: {temperature: 0.4}}),
    );
    assert.deepEqual(of({method, options: {temperature: {schedule: 'learned', start: 0.1}}}), {
      chance: of({method})!.chance,
    });
  }
});
