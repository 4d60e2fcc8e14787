// Invariant and spreading features: an image is told from the others of its batch, and its
// augmented view must be taken for it and for no other. Ye et al. 2019, "Unsupervised Embedding
// Learning via Invariant and Spreading Instance Feature", arXiv:1904.03436. Differs from the paper,
// as the authors' code does: both views are anchors and candidates, and the gradient flows through
// the anchors alone.

import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {mlp} from '../../layers/mlp';
import {instanceSpread} from '../../losses/instanceSpread';
import {pairSimilarities, type SimilarityLoss} from '../../losses/similarities';
import type {Backbone, Method} from '../../module';
import type {TwoViews} from '../../views/sources/twoViews';
import {projected} from '../parts/projected';
import type {SimclrOutputs, SimclrParams} from './simclr';
import {temperatureRule, temperatureSchedule, type TemperatureSchedule} from './temperatureSchedule';

/** Options of {@link invariantSpread}. */
export interface InvariantSpreadOptions {
  backbone: Backbone;
  /**
   * Widths of the projector's layers after the backbone's own.
   * @default [128], the paper's single layer
   */
  projector?: number[];
  /** @default 0.1, the paper's */
  temperature?: TemperatureSchedule;
  /** @default instanceSpread */
  loss?: SimilarityLoss;
}

export const invariantSpreadDefaults = {temperature: 0.1};

/** Both views run as one batch of 2n, as in the authors' code: BatchNorm sees both. */
export function invariantSpread({
  backbone: f,
  projector = [128],
  temperature: given = invariantSpreadDefaults.temperature,
  loss: lossOf = instanceSpread,
}: InvariantSpreadOptions): Method<TwoViews, SimclrParams, {}, SimclrOutputs> {
  const encoder = projected(f, mlp([f.width, ...projector]));
  const τ = temperatureSchedule(given);
  return {
    init: key => ({...encoder.init(key), temperature: τ.init()}),
    loss(params, {first, second}, _state, step) {
      // [2n, d] each
      const {embedding, projection} = encoder.apply(params, tf.concat([first, second]), {key: step.key});
      const temperature = τ.at(params.temperature, step.progress);
      return {
        loss: lossOf(pairSimilarities(projection, {targets: stopGradient(projection)}), {temperature}),
        outputs: {embedding, projection, temperature},
      };
    },
    constrain: params => ({...params, temperature: τ.constrain(params.temperature)}),
    embed: (params, _state, images, mode) => encoder.apply(params, images, mode),
    rule: temperatureRule,
  };
}
