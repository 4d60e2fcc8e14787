// The types that every room shares: parameters, keys, modules, methods, sources of batches.

import type {Params} from './engine/params';
import {fold, type Key} from './engine/random';
import type {InputType} from './engine/step';
import type {tf} from './engine/tf';

export type {Params} from './engine/params';
export type {Key} from './engine/random';

/** How a module runs. */
export type Mode = {
  /** Stochastic depth and dropout are drawn from it; without it they are off. */
  key?: Key;
  /**
   * BatchNorm uses these population statistics instead of the batch's; the tree of the parameters,
   * with `running_mean` and `running_var` at each BatchNorm.
   */
  statistics?: Params;
  /**
   * Is told each BatchNorm's batch moments, for the pass that measures the statistics. The tensors
   * live until the call returns.
   */
  collect?: (path: string, mean: tf.Tensor1D, variance: tf.Tensor1D) => void;
};

/** The mode of a part: its own statistics, its own key, its path put before what it collects. */
export function inside(mode: Mode, name: string): Mode {
  const {key, statistics, collect} = mode;
  return {
    key: key && fold(key, name),
    // a part that is missing there stays an error of its BatchNorm, and does not fall back on the
    // batch
    statistics: statistics && ((statistics[name] ?? {}) as Params),
    collect: collect && ((path, mean, variance) => collect(path ? `${name}.${path}` : name, mean, variance)),
  };
}

/** A pure function with parameters. It owns nothing: the caller holds `params`. */
export interface Module<X, Y, P extends Params = Params> {
  /** Size of the last axis of what `apply` returns. */
  width: number;
  /** Parameters before the first step: the same key gives the same. */
  init(key: Key): P;
  /** Pure, of fixed shapes: recorded once, replayed as one graph. */
  apply(params: P, x: X, mode: Mode): Y;
}

/** A module that turns normalized images [n, h, w, c] into embeddings [n, width]. */
export type Backbone = Module<tf.Tensor4D, tf.Tensor2D>;

/**
 * Images as bytes, in memory or read when they are asked for, and which of them are trained on:
 * what training sees of a data set.
 */
export interface TrainingImages {
  name: string;
  /** Bytes, row by row, or what reads those of some images. */
  images: Uint8Array | ((indices: Int32Array, options?: {signal?: AbortSignal}) => Promise<Uint8Array>);
  shape: readonly [n: number, h: number, w: number, c: number];
  /** Per channel, in the units of images in [0, 1]. */
  mean: readonly number[];
  standardDeviation: readonly number[];
  splits: {pretrain: Int32Array};
}

/** What a method may use between two epochs. */
export type EpochTools = {
  /** Of this epoch. */
  key: Key;
  /** The epoch that begins, from 0, and in all. */
  epoch: number;
  epochs: number;
  /**
   * What a network makes of every sample of the source, without augmentation and with population
   * statistics in each BatchNorm.
   *
   * @param apply From normalized images [n, h, w, c] to features [n, d]; a pure function of
   * `params`, which stay the caller's.
   * @returns [size, d], in the order of the source's samples; the caller disposes it.
   */
  embed(apply: (params: Params, images: tf.Tensor4D, mode: Mode) => tf.Tensor2D, params: Params): Promise<tf.Tensor2D>;
  signal?: AbortSignal;
};

/** Where training is. Tensors stay alive in a compiled step; numbers are fixed for the run. */
export type Step = {
  key: Key;
  /** Steps done, int32. */
  index: tf.Scalar;
  /** Share of the run that is done, 0 to 1. */
  progress: tf.Scalar;
  stepsPerEpoch: number;
  epochs: number;
};

/** What an optimizer does differently for one parameter. */
export type Rule = {
  /** Factor on the learning rate. @default 1 */
  rate?: number | tf.Scalar;
  /** Whether the rate, before the factor, stays at the largest of its schedule. @default false */
  steady?: boolean;
  /** Factor on the weight decay. @default 1 */
  decay?: number | tf.Scalar;
  /**
   * Whether the parameter stays as it is, and what the optimizer remembers of it: always, or where
   * a step says so (bool).
   * @default false
   */
  frozen?: boolean | tf.Scalar;
  /** Whether LARS scales the step by the ratio of the norms. @default true */
  adapt?: boolean;
};

/**
 * What training asks of a paper: a start, the loss of one batch, what moves after the step, and
 * which encoder is the result.
 */
export interface Method<Batch, P extends Params = Params, S extends Params = {}, O extends Params = Params> {
  /** Parameters before the first step: the same key gives the same. */
  init(key: Key): P;
  /** Never trained by gradients: EMA teacher, center, queue, bank. Omit when the paper has none. */
  initState?(params: P, key: Key): S;
  /**
   * Pure, of fixed shapes: recorded once, replayed as one graph. `outputs` are named tensors:
   * {embedding, projection, attention …}.
   */
  loss(params: P, batch: Batch, state: S, step: Step): {loss: tf.Scalar; outputs: O};
  /** `params` are those after the update. Returns only new tensors. */
  afterStep?(params: P, state: S, step: Step, outputs: O): S;
  /**
   * Work on the host before an epoch's first step, which needs more than a batch: clusters of all
   * images. A function of what it is given: asked again, it answers the same. Between pieces of its
   * work others get their turn.
   *
   * @returns The state that the epoch begins with, of the same names and shapes; tensors of `state`
   * may be among it.
   */
  beforeEpoch?(params: P, state: S, tools: EpochTools): Promise<S>;
  /**
   * Puts parameters back where the paper keeps them, after each update: a learned temperature
   * within its bounds. Returns only new tensors.
   */
  constrain?(params: P): P;
  /**
   * The backbone within what evaluation sees.
   * @default that of the parameters; a method whose teacher is the result says so here
   */
  backbone?(params: P, state: S): Params;
  /** What evaluation sees. */
  embed(params: P, state: S, images: tf.Tensor4D, mode: Mode): {embedding: tf.Tensor2D; projection?: tf.Tensor2D};
  /**
   * Exceptions to the optimizer's settings, by parameter name or by what the parameter is: `value`
   * is it before the update.
   */
  rule?(name: string, step: Step, value: tf.Tensor): Rule;
}

/** Turns indices into a batch: views, pairs of drawings, patches, masks. */
export interface Source<Batch, Inputs extends Record<string, tf.Tensor> = {}> {
  /** Samples in an epoch. */
  size: number;
  /**
   * The images behind the samples: sample i is the image `splits.pretrain[i]`. For methods that
   * look at all of them between epochs.
   */
  samples?: TrainingImages;
  /**
   * What `batch` reads on the device beside its arguments, and never changes: the images as bytes.
   */
  holds?: Params;
  /**
   * What is drawn or read on the host for each batch and fed in: masks out of rejection loops,
   * images that do not fit the device.
   */
  host?: {
    inputs: {[name in keyof Inputs]: InputType};
    /**
     * `seed` is another one at each step. Called ahead of the step; `signal` tells that nobody
     * waits for it any more.
     */
    draw(indices: Int32Array, seed: number, options?: {signal?: AbortSignal}): Inputs | Promise<Inputs>;
  };
  /** Runs on the device inside the step, recorded. `indices` [n] int32, each below `size`. */
  batch(indices: tf.Tensor1D, key: Key, inputs: Inputs): Batch;
  /** Frees what the source holds on the device. */
  dispose(): void;
}
