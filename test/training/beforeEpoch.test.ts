// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../lib/backbones/smallConv';
import {tf} from '../../lib/engine/tf';
import {macrotask} from '../../lib/macrotask';
import {inside, type EpochTools, type Method, type Params} from '../../lib/module';
import {constant} from '../../lib/schedules';
import {sgd} from '../../lib/training/sgd';
import {train} from '../../lib/training/train';
import {disposeState, openTraining} from '../../lib/training/training';
import {oneView, type OneView} from '../../lib/views/sources/oneView';
import {simclrViews} from '../../lib/views/recipes/simclr';
import {flat} from '../flat';
import {tinyDataset} from '../study/tinyDataset';

const dataset = tinyDataset();
const recipe = simclrViews({size: 16, mean: dataset.mean, standardDeviation: dataset.standardDeviation});
const backbone = smallConv({width: 8});

type State = {prepared: tf.Scalar; steps: tf.Scalar};
type Prepare = NonNullable<Method<OneView, {backbone: Params}, State>['beforeEpoch']>;

/** Counts its steps, and remembers what was last prepared. */
const counting = (beforeEpoch: Prepare): Method<OneView, {backbone: Params}, State> => ({
  init: key => ({backbone: backbone.init(key)}),
  initState: () => ({prepared: tf.scalar(-1), steps: tf.scalar(0)}),
  loss: (params, {view}, {prepared}, {key}) => ({
    loss: backbone.apply(params.backbone, view, inside({key}, 'backbone')).square().mean().add(prepared) as tf.Scalar,
    outputs: {},
  }),
  afterStep: (_params, {prepared, steps}) => ({prepared: prepared.clone(), steps: steps.add(1) as tf.Scalar}),
  beforeEpoch,
  embed: (params, _state, images, mode) => ({
    embedding: backbone.apply(params.backbone, images, inside(mode, 'backbone')),
  }),
});

const taskOf = (beforeEpoch: Prepare) => ({
  method: counting(beforeEpoch),
  source: oneView({dataset, recipe}),
  optimizer: sgd(),
  schedule: constant(0),
  epochs: 3,
  batch: 40,
  seed: 5,
});

test('an epoch begins with the state prepared from the parameters and the state of the step before', async () => {
  const seen: number[][] = [];
  const t = taskOf(
    async (_params, {steps}, {epoch, epochs}) => (
      seen.push([epoch, epochs, steps.dataSync()[0]!]),
      {prepared: tf.scalar(10 * epoch), steps}
    ),
  );
  const training = openTraining(t);
  const losses: number[] = [];
  for await (const {loss} of train(t, training)) losses.push(Math.floor(loss / 10));
  assert.deepEqual(seen, [
    [0, 3, 0],
    [1, 3, 4],
    [2, 3, 8],
  ]);
  assert.deepEqual(losses, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
  training.dispose();
  t.source.dispose();
});

test('continued within an epoch nothing is prepared, between epochs it is; the key is of the epoch', async () => {
  const keys: string[] = [];
  const t = taskOf(async (_params, state, {key}) => (keys.push(String(key.dataSync())), state));
  const training = openTraining(t);
  const to = async (last: number) => {
    for await (const {step} of train(t, training)) if (step === last) break;
  };
  await to(6);
  await to(8);
  await to(12);
  assert.equal(new Set(keys).size, 3);
  const state = training.read();
  training.write({...state, step: 4});
  disposeState(state);
  await to(5);
  assert.equal(keys.length, 4);
  assert.equal(keys[3], keys[1]);
  training.dispose();
  t.source.dispose();
});

test('embeds every sample in its order, with population statistics and no augmentation', async () => {
  let found: number[][] = [];
  const t = taskOf(async (params, state, {embed}) => {
    const features = await embed((own, images, mode) => {
      assert.ok(mode.statistics || mode.collect);
      return backbone.apply(own, images, mode);
    }, params.backbone);
    const pixels = await embed((_own, images) => images.mean([1, 2]) as tf.Tensor2D, {});
    found = pixels.arraySync();
    assert.deepEqual(features.shape, [160, 8]);
    tf.dispose([features, pixels]);
    return state;
  });
  const training = openTraining(t);
  for await (const _ of train(t, training)) break;
  assert.equal(found.length, 160);
  for (const [i, pixel] of found.entries())
    // red, green, blue; yellow is both
    assert.equal(pixel.indexOf(Math.max(...pixel)), [0, 1, 2, pixel[0]! > pixel[1]! ? 0 : 1][dataset.labels[i]!]);
  training.dispose();
  t.source.dispose();
});

test('an abort while it prepares leaves training where it was, and no tensor', async () => {
  const abort = new AbortController();
  await flat(async () => {
    const t = taskOf(async (params, state, {embed, epoch, signal}) => {
      if (epoch === 1) setImmediate(() => abort.abort(new Error('stop here')));
      const features = await embed((own, images, mode) => backbone.apply(own, images, mode), params.backbone);
      features.dispose();
      for (let i = 0; i < 5; i++) await macrotask(signal);
      return {...state, prepared: tf.scalar(epoch)};
    });
    const training = openTraining(t);
    await assert.rejects(async () => {
      for await (const _ of train(t, training, {signal: abort.signal}));
    }, /stop here/);
    assert.equal(training.step, 4);
    const state = training.read();
    assert.deepEqual([state.state.prepared.dataSync()[0], state.state.steps.dataSync()[0]], [0, 4]);
    disposeState(state);
    training.dispose();
    t.source.dispose();
  });
});

test('a source that does not know its images, and a state of other shapes, are refused', async () => {
  const refused = async (beforeEpoch: Prepare, changes: {}, message: RegExp) => {
    const t = {...taskOf(beforeEpoch), ...changes};
    const training = openTraining(t);
    await assert.rejects(train(t, training).next(), message);
    training.dispose();
  };
  const embeds: Prepare = async (params, state, {embed}: EpochTools) => (
    tf.dispose(await embed((own, images, mode) => backbone.apply(own, images, mode), params.backbone)),
    state
  );
  await refused(
    embeds,
    {source: {...oneView({dataset, recipe}), samples: undefined}},
    /^RangeError: train: expected a source that knows the images behind its samples, for the method looks at all of them before an epoch; got one without `samples`/,
  );
  await refused(
    async (_params, {steps}) => ({steps, prepared: tf.zeros([2]) as unknown as tf.Scalar}),
    {},
    /^RangeError: compile: expected a state with state\.prepared: float32 \[\], got state\.prepared: float32 \[2\]/,
  );
});
