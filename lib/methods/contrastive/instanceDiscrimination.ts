// Instance discrimination: every image is a class of its own, told from all others that a memory
// bank remembers. Wu et al. 2018, "Unsupervised Feature Learning via Non-Parametric Instance
// Discrimination", arXiv:1805.01978. Differs from the paper: the whole bank is the softmax's
// denominator, as Wang & Liu 2021 (arXiv:2012.09740) take it, where Wu et al. draw 4,096 entries
// (NCE).

import {tf} from '../../engine/tf';
import {mlp} from '../../layers/mlp';
import {contrastive} from '../../losses/contrastive';
import type {SimilarityLoss} from '../../losses/similarities';
import {unit} from '../../layers/unit';
import type {Backbone, Method, Params} from '../../module';
import type {OneView} from '../../views/sources/oneView';
import {projected, type ProjectedParams} from '../parts/projected';
import {memoryBank} from './memoryBank';
import {temperatureSchedule, temperatureRule, type TemperatureSchedule} from './temperatureSchedule';

/** Options of {@link instanceDiscrimination}. */
export interface InstanceDiscriminationOptions {
  backbone: Backbone;
  /** Images that the source has: rows of the bank. */
  size: number;
  /**
   * Widths of the projector's layers after the backbone's own.
   * @default [128], the paper's single layer
   */
  projector?: number[];
  /** @default 0.07, the paper's */
  temperature?: TemperatureSchedule;
  /** @default contrastive */
  loss?: SimilarityLoss;
  /** Share of an entry that stays when its image comes up again. @default 0.5, the authors' code */
  momentum?: number;
}

export type InstanceDiscriminationParams = ProjectedParams & {temperature: Params};
/** Unit rows, one an image. */
export type Bank = {bank: tf.Tensor2D};
/** Views and what the bank remembered of their images [2n, d], the views first; their places; τ. */
export type InstanceDiscriminationOutputs = {projection: tf.Tensor2D; index: tf.Tensor1D; temperature: tf.Scalar};

export const instanceDiscriminationDefaults = {temperature: 0.07};

/**
 * One view of each image against the bank: its own entry is the positive, all others are negatives.
 */
export function instanceDiscrimination({
  backbone: f,
  size,
  projector = [128],
  temperature: given = instanceDiscriminationDefaults.temperature,
  loss: lossOf = contrastive,
  momentum = 0.5,
}: InstanceDiscriminationOptions): Method<OneView, InstanceDiscriminationParams, Bank, InstanceDiscriminationOutputs> {
  const memory = memoryBank('instanceDiscrimination', {size, momentum});
  const encoder = projected(f, mlp([f.width, ...projector]));
  const τ = temperatureSchedule(given);
  return {
    init: key => ({...encoder.init(key), temperature: τ.init()}),
    initState: (_params, key) => ({bank: memory.init(key, encoder.width)}),
    loss(params, {view, index}, {bank}, step) {
      const v = unit(encoder.apply(params, view, {key: step.key}).projection); // [n, d]
      const temperature = τ.at(params.temperature, step.progress);
      return {
        loss: lossOf(memory.similarities(bank, v, index), {temperature}),
        outputs: {projection: tf.concat([v, bank.gather(index)]), index: index.clone(), temperature},
      };
    },
    afterStep(_params, {bank}, _step, {projection, index}) {
      const [v] = tf.split(projection, 2) as [tf.Tensor2D, tf.Tensor2D];
      return {bank: memory.moved(bank, v, index)};
    },
    constrain: params => ({...params, temperature: τ.constrain(params.temperature)}),
    embed: (params, _state, images, mode) => encoder.apply(params, images, mode),
    rule: temperatureRule,
  };
}
