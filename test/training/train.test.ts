import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gatherBytes, bytes} from '../../lib/engine/bytes';
import {normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {Key, Method, Source} from '../../lib/module';
import {adamW} from '../../lib/training/adamW';
import type {TrainingEvent} from '../../lib/training/event';
import {constant} from '../../lib/schedules';
import {train} from '../../lib/training/train';
import {close} from '../close';
import {disposeState, openTraining, type Task, type Training} from '../../lib/training/training';

type Batch = {x: tf.Tensor2D; noise: tf.Tensor2D};

/**
 * Learns a matrix that undoes noise, and counts its steps in the method state: uses every part of
 * the loop.
 */
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

const store = bytes(
  Uint8Array.from({length: 80}, (_, i) => (i * 37) % 256),
  [20, 4],
);
const source: Source<Batch> = {
  size: 20,
  holds: {store},
  batch: (indices: tf.Tensor1D, key: Key) => ({
    x: gatherBytes<tf.Tensor2D>(store, indices),
    noise: normal(key, [indices.shape[0], 4]).mul(0.1),
  }),
  dispose() {},
};

const task = (changes: Partial<Task<Batch, {weight: tf.Tensor2D}, {seen: tf.Scalar}, {output: tf.Tensor2D}>> = {}) => ({
  method: denoise,
  source,
  optimizer: adamW({decay: 0}),
  schedule: constant(0.05),
  epochs: 10,
  batch: 8,
  seed: 3,
  ...changes,
});

function seenBy(training: Training<{weight: tf.Tensor2D}, {seen: tf.Scalar}>): number {
  const state = training.read();
  const seen = state.state.seen.dataSync()[0]!;
  disposeState(state);
  return seen;
}

async function all(events: AsyncGenerator<TrainingEvent>, most = Infinity): Promise<TrainingEvent[]> {
  const seen = [];
  for await (const event of events) if (seen.push(event) >= most) break;
  return seen;
}

test('the loss falls, epochs and steps are counted, the method state moves', async () => {
  const t = task({watch: ({output}) => ({size: output.abs().mean() as tf.Scalar})});
  const training = openTraining(t);
  const events = await all(train(t, training));
  assert.equal(events.length, 20); // 20 samples: 2 whole batches of 8 an epoch
  assert.deepEqual(
    events.map(event => event.epoch),
    Array.from({length: 20}, (_, i) => Math.floor(i / 2)),
  );
  assert.deepEqual([events.at(-1)!.step, events.at(-1)!.steps, events.at(-1)!.epochs], [20, 20, 10]);
  assert.ok(events.at(-1)!.loss < 0.5 * events[0]!.loss);
  assert.ok(events.every(event => event.metrics.size! > 0 && Math.abs(event.learningRate - 0.05) < 1e-6));
  assert.equal(seenBy(training), 160);
  training.dispose();
});

test('the same seed gives the same losses, another seed others; a break goes on where it stopped', async () => {
  const run = async (seed: number, stop?: number) => {
    const t = task({seed});
    const training = openTraining(t);
    const losses = (await all(train(t, training), stop)).map(event => event.loss);
    if (stop) losses.push(...(await all(train(t, training))).map(event => event.loss));
    training.dispose();
    return losses;
  };
  const whole = await run(5);
  assert.deepEqual(await run(5), whole);
  assert.deepEqual(await run(5, 7), whole);
  assert.notDeepEqual(await run(6), whole);
});

test('each epoch sees every sample at most once, in another order', async () => {
  const seen: number[][] = [];
  const t = task({
    source: {...source, host: {inputs: {}, draw: indices => (seen.push([...indices]), {})}},
    epochs: 2,
    batch: 10,
  });
  const training = openTraining(t);
  await all(train(t, training));
  const [first, second] = [seen.slice(0, 2).flat(), seen.slice(2).flat()];
  assert.deepEqual(
    [...first].sort((a, b) => a - b),
    Array.from({length: 20}, (_, i) => i),
  );
  assert.notDeepEqual(first, second);
  training.dispose();
});

test('tensors are flat over 200 steps, and none is left', async () => {
  const before = tf.memory().numTensors;
  const t = task({epochs: 100});
  const training = openTraining(t);
  const counts = [];
  for await (const _ of train(t, training)) counts.push(tf.memory().numTensors);
  assert.equal(counts.length, 200);
  assert.equal(new Set(counts).size, 1);
  training.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test('an abort leaves the last whole step', async () => {
  const t = task();
  const training = openTraining(t);
  const abort = new AbortController();
  await assert.rejects(async () => {
    for await (const event of train(t, training, {signal: abort.signal}))
      if (event.step === 4) abort.abort(new Error('stop here'));
  }, /stop here/);
  assert.equal(training.step, 4);
  assert.equal(seenBy(training), 32);
  training.dispose();
});

test('too few samples, half a batch and a loss that is no number are refused', async () => {
  const refused = (changes: Parameters<typeof task>[0], message: RegExp) => {
    const t = task(changes);
    return assert.rejects(async () => all(train(t, openTraining(t))), message);
  };
  await refused({batch: 21}, /^RangeError: train: expected at least one batch of 21 samples, the source has 20/);
  await refused({batch: 1}, /^RangeError: train: expected batch a whole number from 2, got 1/);
  await refused({epochs: 0.5}, /^RangeError: train: expected epochs a whole number from 1, got 0\.5/);
  await refused(
    {schedule: constant(1e30)},
    /^RangeError: train: the loss became (NaN|Infinity) at step \d+ \(learning rate 1/,
  );
});

type Fed = {noise: tf.Tensor2D};

test('what the host draws is fed in each step, at most three steps ahead; an early end leaves nothing', async () => {
  const log: string[] = [];
  const fed: Source<Batch, Fed> = {
    ...source,
    host: {
      inputs: {noise: {dtype: 'float32', shape: [8, 4]}},
      draw: async (indices, seed) => (
        log.push(`draw ${seed % 1000} ${indices.length}`),
        {noise: tf.fill<tf.Rank.R2>([8, 4], seed % 1000)}
      ),
    },
    batch: (indices, key, {noise}) => ({...source.batch(indices, key, {}), noise}),
  };
  const before = tf.memory().numTensors;
  const t = {...task(), source: fed, seed: 0, watch: () => ({})};
  const training = openTraining(t);
  const losses: number[] = [];
  for await (const {step, loss} of train(t, training)) {
    losses.push(loss);
    log.push(`step ${step}`);
    if (step === 4) break;
  }
  assert.deepEqual(log, [
    'draw 0 8',
    'draw 1 8',
    'draw 2 8',
    'step 1',
    'draw 3 8',
    'step 2',
    'draw 4 8',
    'step 3',
    'draw 5 8',
    'step 4',
  ]);
  assert.ok(losses[1]! > 2 * losses[0]!, `${losses}`); // the noise grows with the step
  training.dispose();
  assert.equal(tf.memory().numTensors, before);
  const failing = {
    ...t,
    source: {...fed, host: {...fed.host!, draw: async () => Promise.reject(new Error('image 7 is broken'))}},
  };
  await assert.rejects(async () => all(train(failing, openTraining(failing))), /^Error: image 7 is broken/);
});

test('eager and compiled trainings give the same numbers', async () => {
  const losses = [];
  for (const eager of [false, true]) {
    const t = task();
    const training = openTraining(t, {eager});
    losses.push((await all(train(t, training))).map(({loss}) => loss));
    training.dispose();
  }
  close(losses[0]!, losses[1]!, 1e-5);
});
