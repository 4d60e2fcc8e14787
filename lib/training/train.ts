// The one training loop: batches in, events out. It knows neither files nor figures, and no method has code of its own here.

import {check} from '../check';
import {valueAndGradients} from '../engine/gradients';
import {fold, key, permutation} from '../engine/random';
import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';
import type {Key, Method, Params, Source, Step} from '../module';
import {dispose} from '../params';
import type {TrainingEvent} from './event';
import type {Optimizer} from './optimizer';
import type {Schedule} from './schedules';

/** All that decides a training. The same task with the same seed gives the same numbers. */
export interface Task<Batch, P extends Params, S extends Params = {}, O extends Params = Params> {
  method: Method<Batch, P, S, O>;
  source: Source<Batch>;
  optimizer: Optimizer;
  /** Learning rate by the share of the run that is done. */
  schedule: Schedule;
  epochs: number;
  /** Samples a step. What is left of an epoch is dropped. */
  batch: number;
  /** Of it come initial weights, order and views. */
  seed: number;
  /** Scalars to tell with each event, for example {@link health}. */
  watch?: (outputs: O) => Record<string, tf.Scalar>;
}

/** Where a training stands. The caller owns it: `train` replaces its tensors, an interrupt leaves it whole. Free it with {@link disposeTraining}. */
export interface TrainingState<P extends Params = Params, S extends Params = {}> {
  params: P;
  /** The method's own: teacher, queue, bank. */
  state: S;
  /** The optimizer's own. */
  slots: Params;
  /** Steps done. */
  step: number;
}

type AnyTask<P extends Params, S extends Params> = Pick<Task<never, P, S>, 'seed' | 'optimizer'> & {method: Pick<Method<never, P, S>, 'init' | 'initState'>};

/** A training before its first step. */
export function initialState<P extends Params, S extends Params>({method, optimizer, seed}: AnyTask<P, S>): TrainingState<P, S> {
  return tf.tidy(() => {
    const weights = fold(key(seed), 'weights');
    const params = method.init(fold(weights, 'params'));
    const state = method.initState?.(params, fold(weights, 'state')) ?? {} as S;
    return {params, state, slots: optimizer.init(params), step: 0};
  });
}

/** Frees the tensors of a training. */
export function disposeTraining({params, state, slots}: TrainingState<Params, Params>): void {
  [params, state, slots].forEach(dispose);
}

/** Steps of an epoch, and of the whole training. */
export function stepCount({source, batch, epochs}: Pick<Task<never, Params>, 'batch' | 'epochs'> & {source: {size: number}}): {stepsPerEpoch: number; steps: number} {
  check(Number.isInteger(batch) && batch >= 2, 'train', `expected a batch of at least 2 samples, got ${batch}`);
  check(source.size >= batch, 'train', `expected at least one batch of ${batch} samples, the source has ${source.size}: choose a smaller batch`);
  check(Number.isInteger(epochs) && epochs >= 1, 'train', `expected a whole number of epochs from 1, got ${epochs}`);
  const stepsPerEpoch = Math.floor(source.size / batch);
  return {stepsPerEpoch, steps: stepsPerEpoch * epochs};
}

/**
 * Trains from where `training` stands to the end of the task.
 *
 * Yields an event after each step, when `training` already holds that step's result. Between steps other work of the process gets its turn.
 *
 * @throws The signal's reason when it is aborted; `training` then holds the last whole step.
 * @throws RangeError when the loss is no longer a number.
 */
export async function* train<Batch, P extends Params, S extends Params, O extends Params>(task: Task<Batch, P, S, O>, training: TrainingState<P, S>,
  {signal}: {signal?: AbortSignal} = {}): AsyncGenerator<TrainingEvent, void> {
  const {stepsPerEpoch, steps} = stepCount(task);
  const seed = key(task.seed);
  const keys = {order: fold(seed, 'order'), views: fold(seed, 'views'), method: fold(seed, 'method')};
  try {
    for (let order: Int32Array | undefined; training.step < steps;) {
      const [epoch, at] = [Math.floor(training.step / stepsPerEpoch), training.step % stepsPerEpoch];
      if (at === 0 || !order) order = orderOf(keys.order, epoch, task.source.size);
      const start = performance.now();
      const indices = order.subarray(at * task.batch, (at + 1) * task.batch);
      const values = takeStep(task, training, indices, keys, {stepsPerEpoch, steps});
      const {loss, learningRate, ...metrics} = values as {loss: number; learningRate: number};
      check(Number.isFinite(loss), 'train', `the loss became ${loss} at step ${training.step} (learning rate ${learningRate}): lower the learning rate or raise the temperature`);
      await macrotask(signal);
      yield {step: training.step, steps, epoch, epochs: task.epochs, loss, learningRate, metrics, imagesPerSecond: 1000 * task.batch / (performance.now() - start)};
    }
  } finally {
    tf.dispose([seed, keys]);
  }
}

/** The samples of an epoch in random order. */
function orderOf(k: Key, epoch: number, size: number): Int32Array {
  const own = fold(k, epoch);
  const order = permutation(own, size);   // not in a tidy, which would walk every entry of what it returns
  own.dispose();
  return order;
}

/** One step: draws a batch, moves parameters, optimizer and method state, and reads back the scalars. */
function takeStep<Batch, P extends Params, S extends Params, O extends Params>(task: Task<Batch, P, S, O>, training: TrainingState<P, S>, indices: Int32Array,
  keys: {views: Key; method: Key}, {stepsPerEpoch, steps}: {stepsPerEpoch: number; steps: number}): Record<string, number> {
  const {method, source, optimizer, schedule, epochs, watch} = task;
  const {params, state, slots} = training;
  const {next, scalars} = tf.tidy(() => {
    const index = tf.scalar(training.step, 'int32');
    const step: Step = {key: fold(keys.method, index), index, progress: tf.scalar(training.step / steps), stepsPerEpoch, epochs};
    const batch = source.batch(tf.tensor1d(indices, 'int32'), fold(keys.views, index), {});
    const {loss, outputs, gradients} = valueAndGradients(params => method.loss(params, batch, state, step), params);
    const rate = schedule(step.progress);
    const updated = optimizer.update(params, gradients, slots, {rate, step, rule: method.rule?.bind(method)});
    const after = method.afterStep?.(updated.params, state, step, outputs);
    return {next: {params: updated.params, slots: updated.slots, state: after}, scalars: {loss, learningRate: rate, ...watch?.(outputs)}};
  });
  dispose(params);
  dispose(slots);
  if (next.state) dispose(state);
  Object.assign(training, {params: next.params, slots: next.slots, state: next.state ?? state, step: training.step + 1});
  const names = Object.keys(scalars);
  const values = tf.tidy(() => tf.stack(Object.values(scalars)).dataSync());
  tf.dispose(scalars as Record<string, tf.Tensor>);
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}
