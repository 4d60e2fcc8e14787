import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gatherBytes, bytes} from '../../lib/engine/bytes';
import {normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {Key, Method, Source} from '../../lib/module';
import {adamW} from '../../lib/training/adamW';
import type {TrainingEvent} from '../../lib/training/event';
import {constant} from '../../lib/training/schedules';
import {disposeTraining, initialState, train, type Task} from '../../lib/training/train';

type Batch = {x: tf.Tensor2D; noise: tf.Tensor2D};

/** Learns a matrix that undoes noise, and counts its steps in the method state: uses every part of the loop. */
const denoise: Method<Batch, {weight: tf.Tensor2D}, {seen: tf.Scalar}, {output: tf.Tensor2D}> = {
  init: key => ({weight: normal(key, [4, 4])}),
  initState: () => ({seen: tf.scalar(0)}),
  loss({weight}, {x, noise}) {
    const output = x.add(noise).matMul(weight) as tf.Tensor2D;
    return {loss: output.sub(x).square().mean() as tf.Scalar, outputs: {output}};
  },
  afterStep: (_params, {seen}, _step, {output}) => ({seen: seen.add(output.shape[0]) as tf.Scalar}),
  embed: ({weight}, _state, images) => ({embedding: images.reshape([-1, 4]).matMul(weight) as tf.Tensor2D}),
};

const store = bytes(Uint8Array.from({length: 80}, (_, i) => (i * 37) % 256), [20, 4]);
const source: Source<Batch> = {
  size: 20,
  batch: (indices: tf.Tensor1D, key: Key) => ({x: gatherBytes<tf.Tensor2D>(store, indices), noise: normal(key, [indices.shape[0], 4]).mul(0.1)}),
  dispose() {},
};

const task = (changes: Partial<Task<Batch, {weight: tf.Tensor2D}, {seen: tf.Scalar}, {output: tf.Tensor2D}>> = {}) =>
  ({method: denoise, source, optimizer: adamW({decay: 0}), schedule: constant(0.05), epochs: 10, batch: 8, seed: 3, ...changes});

async function all(events: AsyncGenerator<TrainingEvent>, most = Infinity): Promise<TrainingEvent[]> {
  const seen = [];
  for await (const event of events) if (seen.push(event) >= most) break;
  return seen;
}

test('the loss falls, epochs and steps are counted, the method state moves', async () => {
  const t = task({watch: ({output}) => ({size: output.abs().mean() as tf.Scalar})});
  const training = initialState(t);
  const events = await all(train(t, training));
  assert.equal(events.length, 20);   // 20 samples: 2 whole batches of 8 an epoch
  assert.deepEqual(events.map(event => event.epoch), Array.from({length: 20}, (_, i) => Math.floor(i / 2)));
  assert.deepEqual([events.at(-1)!.step, events.at(-1)!.steps, events.at(-1)!.epochs], [20, 20, 10]);
  assert.ok(events.at(-1)!.loss < 0.5 * events[0]!.loss);
  assert.ok(events.every(event => event.metrics.size > 0 && Math.abs(event.learningRate - 0.05) < 1e-6));
  assert.equal(training.state.seen.dataSync()[0], 160);
  disposeTraining(training);
});

test('the same seed gives the same losses, another seed others; a break goes on where it stopped', async () => {
  const run = async (seed: number, stop?: number) => {
    const t = task({seed});
    const training = initialState(t);
    const losses = (await all(train(t, training), stop)).map(event => event.loss);
    if (stop) losses.push(...(await all(train(t, training))).map(event => event.loss));
    disposeTraining(training);
    return losses;
  };
  const whole = await run(5);
  assert.deepEqual(await run(5), whole);
  assert.deepEqual(await run(5, 7), whole);
  assert.notDeepEqual(await run(6), whole);
});

test('each epoch sees every sample at most once, in another order', async () => {
  const seen: number[][] = [];
  const t = task({source: {...source, batch: (indices, key, inputs) => { seen.push([...indices.dataSync()]); return source.batch(indices, key, inputs); }}, epochs: 2, batch: 10});
  const training = initialState(t);
  await all(train(t, training));
  const [first, second] = [seen.slice(0, 2).flat(), seen.slice(2).flat()];
  assert.deepEqual([...first].sort((a, b) => a - b), Array.from({length: 20}, (_, i) => i));
  assert.notDeepEqual(first, second);
  disposeTraining(training);
});

test('tensors are flat over 200 steps, and none is left', async () => {
  const before = tf.memory().numTensors;
  const t = task({epochs: 100});
  const training = initialState(t);
  const counts = [];
  for await (const _ of train(t, training)) counts.push(tf.memory().numTensors);
  assert.equal(counts.length, 200);
  assert.equal(new Set(counts).size, 1);
  disposeTraining(training);
  assert.equal(tf.memory().numTensors, before);
});

test('an abort leaves the last whole step', async () => {
  const t = task();
  const training = initialState(t);
  const abort = new AbortController();
  await assert.rejects(async () => {
    for await (const event of train(t, training, {signal: abort.signal})) if (event.step === 4) abort.abort(new Error('stop here'));
  }, /stop here/);
  assert.equal(training.step, 5);
  assert.equal(training.state.seen.dataSync()[0], 40);
  disposeTraining(training);
});

test('too few samples, half a batch and a loss that is no number are refused', async () => {
  const refused = (changes: Parameters<typeof task>[0], message: RegExp) => {
    const t = task(changes);
    return assert.rejects(all(train(t, initialState(t))), message);
  };
  await refused({batch: 21}, /^RangeError: train: expected at least one batch of 21 samples, the source has 20/);
  await refused({batch: 1}, /^RangeError: train: expected a batch of at least 2 samples, got 1/);
  await refused({epochs: 0.5}, /^RangeError: train: expected a whole number of epochs/);
  await refused({schedule: constant(1e30)}, /^RangeError: train: the loss became (NaN|Infinity) at step \d+ \(learning rate 1/);
});
