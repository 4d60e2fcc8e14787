// MoCo: negatives are the keys of earlier batches, made by a slowly moving copy of the encoder.
// He et al. 2020, "Momentum Contrast for Unsupervised Visual Representation Learning",
// arXiv:1911.05722; Chen et al. 2020 (MoCo v2), arXiv:2003.04297. Differs from the paper: the
// groups of shuffled BatchNorm are parts of one batch on one device, where the authors have a
// device for each.

import {check} from '../../check';
import {fold, normal, uniform} from '../../engine/random';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {mlp} from '../../layers/mlp';
import {contrastive} from '../../losses/contrastive';
import type {SimilarityLoss} from '../../losses/similarities';
import {unit} from '../../layers/unit';
import type {Backbone, Key, Method, Params} from '../../module';
import {map} from '../../engine/params';
import type {TwoViews} from '../../views/sources/twoViews';
import {movingAverage} from '../parts/movingAverage';
import {projected, type ProjectedParams} from '../parts/projected';
import {temperatureSchedule, temperatureRule, type TemperatureSchedule} from './temperatureSchedule';

/** Options of {@link moco}. */
export interface MocoOptions {
  backbone: Backbone;
  /**
   * Widths of the projector's layers after the backbone's own, without BatchNorm: [128] is v1's
   * single layer.
   * @default [backbone width, 128], v2's two
   */
  projector?: number[];
  /** @default 0.2, v2's; v1 has 0.07 */
  temperature?: TemperatureSchedule;
  /** @default contrastive, InfoNCE */
  loss?: SimilarityLoss;
  /**
   * Keys that are kept, K, a multiple of the batch: a share of the data set (65,536 of 1.28 million
   * in the paper).
   * @default 4096
   */
  queue?: number;
  /** Of the key encoder. @default 0.999; a training of few steps needs less */
  momentum?: number;
  /**
   * Parts of a batch that BatchNorm sees apart, the keys' drawn anew: else the batch's statistics
   * tell which key belongs to a query. Divides the batch.
   * @default 8, the paper's devices
   */
  groups?: number;
}

export type MocoParams = ProjectedParams & {temperature: Params};
export type MocoState = {teacher: ProjectedParams; queue: tf.Tensor2D};
/** Queries and keys [2n, d], those of the first n rows first; and τ. */
export type MocoOutputs = {projection: tf.Tensor2D; temperature: tf.Scalar};

export const mocoDefaults = {temperature: 0.2, queue: 4096};

/**
 * MoCo v2; `projector: [128], temperature: 0.07` with the views of v1 is v1. The query is the first
 * view, the key the second.
 *
 * @example
 * ```ts
 * import {drawnEmoji, moco, resnet, simclrCifarViews, twoViews} from 'ssl-workbench';
 * const dataset = await drawnEmoji({size: 32});
 * const source = twoViews({dataset, recipe: simclrCifarViews(dataset)});
 * const method = moco({backbone: resnet({depth: 18, stem: 'cifar'}), queue: 4096, momentum: 0.99});
 * ```
 */
export function moco({
  backbone: f,
  projector: widths = [f.width, 128],
  temperature: given = mocoDefaults.temperature,
  loss: lossOf = contrastive,
  queue: length = mocoDefaults.queue,
  momentum = 0.999,
  groups = 8,
}: MocoOptions): Method<TwoViews, MocoParams, MocoState, MocoOutputs> {
  check(Number.isInteger(length) && length >= 1, 'moco', `expected a queue of a multiple of the batch, got ${length}`);
  check(momentum >= 0 && momentum <= 1, 'moco', `expected momentum from 0 to 1, got ${momentum}`);
  const encoder = projected(f, mlp([f.width, ...widths], {batchNorm: false}));
  const τ = temperatureSchedule(given);
  /** Unit projections, the parts of the batch one by one. */
  const parts = (params: ProjectedParams, images: tf.Tensor4D, key: Key) =>
    unit(
      tf.concat(
        (tf.split(images, groups) as tf.Tensor4D[]).map(
          (part, i) => encoder.apply(params, part, {key: fold(key, i)}).projection,
        ),
      ),
    );
  return {
    init: key => ({...encoder.init(key), temperature: τ.init()}),
    initState: ({backbone, projector}, key) => ({
      teacher: map({backbone, projector}, tensor => tensor.clone()),
      queue: unit(normal(key, [length, encoder.width])),
    }),
    loss(params, {first, second}, {teacher, queue}, step) {
      // Algorithm 1
      const [n] = first.shape;
      check(n % groups === 0, 'moco', `expected a batch that ${groups} groups divide, got ${n}`);
      check(
        queue.shape[0] % n === 0,
        'moco',
        `expected a queue of a multiple of the batch of ${n}, got ${queue.shape[0]}`,
      );
      const q = parts(params, first, fold(step.key, 'query')); // [n, d]
      const order = tf.topk(uniform(fold(step.key, 'shuffle'), [n]), n).indices;
      const shuffled = parts(teacher, second.gather(order), fold(step.key, 'key'));
      // [n, d], in the order of the queries again
      const k = stopGradient(shuffled.gather(tf.topk(order.neg(), n).indices));
      const temperature = τ.at(params.temperature, step.progress);
      const similarities = {
        positive: q.mul(k).sum(1) as tf.Tensor1D,
        negatives: tf.matMul(q, queue, false, true) as tf.Tensor2D,
      };
      return {loss: lossOf(similarities, {temperature}), outputs: {projection: tf.concat([q, k]), temperature}};
    },
    afterStep(params, {teacher, queue}, _step, {projection}) {
      const [, keys] = tf.split(projection, 2) as [tf.Tensor2D, tf.Tensor2D];
      const {backbone, projector} = params;
      return {
        teacher: movingAverage(teacher, {backbone, projector}, momentum),
        queue: tf.concat([keys, queue]).slice(0, queue.shape[0]),
      }; // the oldest leave
    },
    constrain: params => ({...params, temperature: τ.constrain(params.temperature)}),
    embed: (params, _state, images, mode) => encoder.apply(params, images, mode),
    rule: temperatureRule,
  };
}
