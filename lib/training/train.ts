// The one training loop: batches in, events out. It knows neither files nor figures, and no method
// has code of its own here.

import {check} from '../check';
import type {Inputs} from '../engine/step';
import {fold, key, permutation} from '../engine/random';
import {tf} from '../engine/tf';
import {unlessAborted} from '../interrupt';
import {macrotask} from '../macrotask';
import type {Params, Source} from '../module';
import {beforeEpoch} from './beforeEpoch';
import type {TrainingEvent} from './event';
import {stepCount, type Steps, type Training} from './training';

/** Batches that the host may have drawn before a step asks for them. */
const AHEAD = 3;

/**
 * Trains from where `training` stands to the end of the task.
 *
 * Yields an event after each step, when `training` already holds that step's result. Between steps
 * other work of the process gets its turn.
 *
 * @param training Of this task; it stays the caller's.
 * @throws The signal's reason when it is aborted; `training` then holds the last whole step.
 * @throws RangeError when the loss is no longer a number.
 *
 * @example
 * ```ts
 * import {
 *   openTraining,
 *   train,
 *   type Method,
 *   type Params,
 *   type Task,
 *   type TwoViews,
 * } from 'ssl-workbench';
 * async function losses(task: Task<TwoViews, Params, {}, Params>) {
 *   const training = openTraining(task),
 *     losses: number[] = [];
 *   for await (const {loss} of train(task, training)) losses.push(loss);
 *   training.dispose();
 *   return losses;
 * }
 * ```
 */
export async function* train<Batch, P extends Params, S extends Params, O extends Params, I extends Inputs>(
  task: Steps<Batch, P, S, O, I>,
  training: Training<P, S, I>,
  {signal}: {signal?: AbortSignal} = {},
): AsyncGenerator<TrainingEvent, void> {
  const {stepsPerEpoch, steps} = stepCount(task);
  const ended = new AbortController();
  const batches = batchesOf(task, training.step, ended.signal);
  const drawn: Drawn<I>[] = [];
  try {
    while (training.step < steps) {
      if (training.step % stepsPerEpoch === 0) await beforeEpoch(task, training, {signal});
      const start = performance.now();
      const epoch = Math.floor(training.step / stepsPerEpoch);
      while (drawn.length < AHEAD) {
        const {value, done} = batches.next();
        if (done) break;
        drawn.push(value);
      }
      const [{indices, inputs: promised}] = drawn as [Drawn<I>];
      const inputs = await unlessAborted(promised, signal);
      drawn.shift(); // not before: who gives up while it waits leaves the batch to be freed below
      const {loss, learningRate, ...metrics} = await training
        .advance(indices, inputs, {signal})
        .finally(() => tf.dispose(inputs));
      check(
        Number.isFinite(loss),
        'train',
        `the loss became ${loss} at step ${training.step} (learning rate ${learningRate}): lower the ` +
          'learning rate or raise the temperature',
      );
      await macrotask(signal);
      yield {
        step: training.step,
        steps,
        epoch,
        epochs: task.epochs,
        loss: loss!,
        learningRate: learningRate!,
        metrics,
        ...(task.range && {range: task.range}),
        imagesPerSecond: (1000 * task.batch) / (performance.now() - start),
      };
    }
  } finally {
    ended.abort();
    for (const {inputs} of drawn) tf.dispose(await inputs.catch(() => undefined));
  }
}

type Drawn<I> = {indices: Int32Array; inputs: Promise<I>};

/**
 * The samples of each step from `step` on, each epoch in a random order of its own, with what the
 * host draws for them.
 */
function* batchesOf<I extends Inputs>(
  {
    source,
    batch,
    epochs,
    seed,
  }: {source: Pick<Source<unknown, I>, 'size' | 'host'>; batch: number; epochs: number; seed: number},
  step: number,
  signal: AbortSignal,
): Generator<Drawn<I>, void> {
  const {stepsPerEpoch, steps} = stepCount({source, batch, epochs});
  for (let order: Int32Array | undefined; step < steps; step++) {
    const [epoch, at] = [Math.floor(step / stepsPerEpoch), step % stepsPerEpoch];
    if (at === 0 || !order) order = orderOf(seed, epoch, source.size);
    const indices = order.subarray(at * batch, (at + 1) * batch);
    const inputs = Promise.resolve(
      source.host?.draw(indices, (seed % 2 ** 32) * 2 ** 20 + step, {signal}) ?? ({} as I),
    );
    inputs.catch(() => undefined); // whoever waits for this batch hears of it; nobody may
    yield {indices, inputs};
  }
}

/** The samples of an epoch in random order. */
function orderOf(seed: number, epoch: number, size: number): Int32Array {
  const keys = [key(seed)];
  for (const data of ['order', epoch]) keys.push(fold(keys.at(-1)!, data));
  // not in a tidy, which would walk every entry of what it returns
  const order = permutation(keys.at(-1)!, size);
  tf.dispose(keys);
  return order;
}
