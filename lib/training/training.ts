// One training: its step, compiled, and where it stands.

import type {LossRange} from '../losses/lossRange';
import {check, whole} from '../check';
import {compile, type CompileOptions} from '../engine/compile';
import type {Inputs, InputType} from '../engine/step';
import {valueAndGradients} from '../engine/gradients';
import {fold, key, type Key} from '../engine/random';
import {tf} from '../engine/tf';
import type {Method, Params, Source, Step} from '../module';
import {dispose} from '../engine/params';
import type {Optimizer} from './optimizer';
import type {Schedule} from '../schedules';

/** All that decides a training. The same task with the same seed gives the same numbers. */
export interface Task<
  Batch,
  P extends Params,
  S extends Params = {},
  O extends Params = Params,
  I extends Inputs = {},
> {
  method: Method<Batch, P, S, O>;
  source: Source<Batch, I>;
  optimizer: Optimizer;
  /** Learning rate by the share of the run that is done. */
  schedule: Schedule;
  epochs: number;
  /** Samples a step. What is left of an epoch is dropped. */
  batch: number;
  /** Of it come initial weights, order and views. */
  seed: number;
  /**
   * What the loss is worth when it says nothing, by which the health display judges it.
   * @default it is not judged
   */
  range?: LossRange;
  /** Scalars to tell with each event, for example {@link health}. */
  watch?(outputs: O): Record<string, tf.Scalar>;
}

/**
 * A task as far as its steps ask: how images are embedded, evaluation alone wants to know. A critic
 * that is trained for itself has nothing to embed.
 */
export type Steps<
  Batch,
  P extends Params,
  S extends Params = {},
  O extends Params = Params,
  I extends Inputs = {},
> = Omit<Task<Batch, P, S, O, I>, 'method'> & {method: Omit<Method<Batch, P, S, O>, 'embed' | 'backbone'>};

/** Where a training stands, in tensors. */
export type TrainingState<P extends Params = Params, S extends Params = Params> = {
  params: P;
  /** The method's own: teacher, queue, bank. */
  state: S;
  /** The optimizer's own. */
  slots: Params;
  /** Steps done. */
  step: number;
};

/** What decides, with the step, which samples a training sees next, and how far it is. */
export type Plan = {
  /** Of the source. */
  samples: number;
  /** Samples a step. */
  batch: number;
  epochs: number;
  seed: number;
};

/** A training that can be continued, read and saved between any two steps. */
export interface Training<P extends Params = Params, S extends Params = Params, I extends Inputs = {}> {
  /** Steps done. */
  readonly step: number;
  readonly plan: Plan;
  /**
   * Takes one step with these samples. The first one compiles.
   *
   * @param inputs What the source drew on the host for them.
   * @returns Loss, learning rate and what is watched.
   * @throws The signal's reason, before the step is taken.
   */
  advance(indices: Int32Array, inputs: I, options?: {signal?: AbortSignal}): Promise<Record<string, number>>;
  /** Copies, which the caller frees with {@link disposeState}. */
  read(): TrainingState<P, S>;
  /** Goes on from another state; its tensors stay the caller's. */
  write(state: TrainingState<P, S>): void;
  /** Frees all that the training holds. */
  dispose(): void;
}

/** A training before its first step, in tensors that the caller frees with {@link disposeState}. */
export function initialState<P extends Params, S extends Params>({
  method,
  optimizer,
  seed,
}: Pick<Task<never, P, S>, 'seed' | 'optimizer'> & {
  method: Pick<Method<never, P, S>, 'init' | 'initState'>;
}): TrainingState<P, S> {
  return tf.tidy(() => {
    const weights = fold(key(seed), 'weights');
    const params = method.init(fold(weights, 'params'));
    const state = method.initState?.(params, fold(weights, 'state')) ?? ({} as S);
    return {params, state, slots: optimizer.init(params), step: 0};
  });
}

/** Frees a state that {@link Training} has read or that was made for one. */
export function disposeState({params, state, slots}: TrainingState): void {
  [params, state, slots].forEach(dispose);
}

/** Steps of an epoch, and of the whole training. */
export function stepCount({source, batch, epochs}: {source: {size: number}; batch: number; epochs: number}): {
  stepsPerEpoch: number;
  steps: number;
} {
  whole('train', 'batch', batch, 2);
  check(
    source.size >= batch,
    'train',
    `expected at least one batch of ${batch} samples, the source has ${source.size}: choose a smaller batch`,
  );
  whole('train', 'epochs', epochs);
  const stepsPerEpoch = Math.floor(source.size / batch);
  return {stepsPerEpoch, steps: stepsPerEpoch * epochs};
}

/**
 * A training at its start, for {@link train}.
 *
 * @param options `eager`: see {@link compile}: slower, with the same numbers.
 *
 * @example
 * ```ts
 * import {
 *   adamW,
 *   constant,
 *   drawnEmoji,
 *   openTraining,
 *   simclr,
 *   simclrCifarViews,
 *   smallConv,
 *   twoViews,
 * } from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 32});
 * const settings = {optimizer: adamW(), schedule: constant(1e-3), epochs: 1, batch: 256, seed: 0};
 * const source = twoViews({dataset, recipe: simclrCifarViews(dataset)});
 * const training = openTraining(
 *   {...settings, source, method: simclr({backbone: smallConv()})},
 *   {eager: true},
 * );
 * console.log(training.step); // 0
 * ```
 */
export function openTraining<Batch, P extends Params, S extends Params, O extends Params, I extends Inputs>(
  task: Steps<Batch, P, S, O, I>,
  {eager}: Pick<CompileOptions, 'eager'> = {},
): Training<P, S, I> {
  const {source, batch, epochs, seed} = task;
  const {steps} = stepCount(task);
  const start = initialState(task);
  const {step: _, ...state} = start;
  const inputTypes: Record<string, InputType> = {
    index: {dtype: 'int32', shape: []},
    progress: {dtype: 'float32', shape: []},
    indices: {dtype: 'int32', shape: [batch]},
    seed: {dtype: 'int32', shape: [2]},
    ...source.host?.inputs,
  };
  const compiled = compile(stepOf(task), state, inputTypes, {holds: source.holds, eager});
  disposeState(start);
  let step = 0;
  return {
    get step() {
      return step;
    },
    plan: {samples: source.size, batch, epochs, seed},
    async advance(indices, inputs, options) {
      const fed = {
        ...inputs,
        index: tf.scalar(step, 'int32'),
        progress: tf.scalar(step / steps),
        indices: tf.tensor1d(indices, 'int32'),
        seed: key(seed),
      };
      try {
        await compiled.prepare(fed, options);
        const scalars = compiled.run(fed);
        step++;
        const values = Object.fromEntries(
          Object.entries(scalars).map(([name, scalar]) => [name, scalar.dataSync()[0]!]),
        );
        dispose(scalars);
        return values;
      } finally {
        tf.dispose(fed);
      }
    },
    read: () => ({...compiled.read(), step}),
    write({step: at, ...rest}) {
      compiled.write(rest);
      step = at;
    },
    dispose: () => compiled.dispose(),
  };
}

/**
 * One step as a pure function, for {@link compile}: draws a batch, moves parameters, optimizer and
 * method state.
 */
export function stepOf<Batch, P extends Params, S extends Params, O extends Params, I extends Inputs>({
  method,
  source,
  optimizer,
  schedule,
  epochs,
  watch,
  batch,
}: Steps<Batch, P, S, O, I>) {
  const {stepsPerEpoch} = stepCount({source, batch, epochs});
  type State = {params: P; state: S; slots: Params};
  return (
    {params, state, slots}: State,
    {index, progress, indices, seed, ...inputs}: Inputs,
  ): {state: State; outputs: Record<string, tf.Scalar>} => {
    const keyOf = (purpose: string) => fold(fold(seed as Key, purpose), index as tf.Scalar);
    const step: Step = {
      key: keyOf('method'),
      index: index as tf.Scalar,
      progress: progress as tf.Scalar,
      stepsPerEpoch,
      epochs,
    };
    const drawn = source.batch(indices as tf.Tensor1D, keyOf('views'), inputs as I);
    const {loss, outputs, gradients} = valueAndGradients(weights => method.loss(weights, drawn, state, step), params);
    const rate = schedule(step.progress);
    const updated = optimizer.update(params, gradients, slots, {
      rate,
      peak: schedule.peak,
      step,
      rule: method.rule?.bind(method),
    });
    const next = {...updated, params: method.constrain?.(updated.params) ?? updated.params};
    return {
      state: {...next, state: method.afterStep?.(next.params, state, step, outputs) ?? state},
      outputs: {loss, learningRate: rate, ...watch?.(outputs)},
    };
  };
}
