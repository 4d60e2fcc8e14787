// SimCLR: bring the two views of an image together, push the batch's other views away.
// Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
// arXiv:2002.05709; Chen et al. 2020, "Big Self-Supervised Models are Strong Semi-Supervised
// Learners" (SimCLR v2), arXiv:2006.10029.

import {tf} from '../../engine/tf';
import {mlp} from '../../layers/mlp';
import {ntXent} from '../../losses/ntXent';
import type {PairLoss} from '../../losses/similarities';
import {inside, type Backbone, type Method, type Params} from '../../module';
import type {TwoViews} from '../../views/sources/twoViews';
import {projected, type ProjectedParams} from '../parts/projected';
import {temperatureSchedule, temperatureRule, type TemperatureSchedule} from './temperatureSchedule';

/** Options of {@link simclr}. */
export interface SimclrOptions {
  backbone: Backbone;
  /**
   * Widths of the projector's layers after the backbone's own; the last one is d. SimCLR v2 has
   * three.
   * @default [backbone width, 128]
   */
  projector?: number[];
  /** @default 0.5, the best of the paper's CIFAR-10 settings (B.9) */
  temperature?: TemperatureSchedule;
  /** @default ntXent */
  loss?: PairLoss;
  /**
   * How many layers of the projector the embedding has passed, each with its BatchNorm and ReLU:
   * SimCLR v2 probes after the first of three.
   * @default 0, the backbone's own output
   */
  probed?: number;
}

/** `temperature` is empty unless τ is learned. */
export type SimclrParams = ProjectedParams & {temperature: Params};
/** Of both views [2n, …], those of the first n rows first; and τ. */
export type SimclrOutputs = {embedding: tf.Tensor2D; projection: tf.Tensor2D; temperature: tf.Scalar};

export const simclrDefaults = {temperature: 0.5};

/**
 * SimCLR. Both views run as one batch of 2n, as in the authors' code: BatchNorm sees both. An empty
 * `projector` trains the embedding itself.
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
 * const source = twoViews({dataset, recipe: simclrCifarViews(dataset)});
 * const method = simclr({backbone: smallConv(), temperature: 0.3});
 * const task = {
 *   method,
 *   source,
 *   optimizer: adamW(),
 *   schedule: constant(1e-3),
 *   epochs: 1,
 *   batch: 256,
 *   seed: 0,
 * };
 * const training = openTraining(task);
 * ```
 */
export function simclr({
  backbone: f,
  projector = [f.width, 128],
  temperature: given = simclrDefaults.temperature,
  loss: lossOf = ntXent,
  probed = 0,
}: SimclrOptions): Method<TwoViews, SimclrParams, {}, SimclrOutputs> {
  const g = mlp([f.width, ...projector]);
  const half = g.upTo(probed);
  const encoder = projected(f, g);
  const τ = temperatureSchedule(given);
  return {
    init: key => ({...encoder.init(key), temperature: τ.init()}),
    loss(params, {first, second}, _state, step) {
      // Algorithm 1
      // h and z, [2n, d] each
      const {embedding, projection} = encoder.apply(params, tf.concat([first, second]), {key: step.key});
      const temperature = τ.at(params.temperature, step.progress);
      return {loss: lossOf(projection, {temperature}), outputs: {embedding, projection, temperature}};
    },
    constrain: params => ({...params, temperature: τ.constrain(params.temperature)}),
    embed(params, _state, images, mode) {
      const {embedding: hidden, projection} = encoder.apply(params, images, mode);
      return {embedding: half.apply(params.projector, hidden, inside(mode, 'projector')), projection};
    },
    rule: temperatureRule,
  };
}
