// VICReg: views agree, and a spread that is asked for keeps them from all being alike.
// Bardes, Ponce & LeCun 2022, "VICReg: Variance-Invariance-Covariance Regularization for
// Self-Supervised Learning", arXiv:2105.04906.

import {mlp} from '../../layers/mlp';
import {
  varianceInvarianceCovariance,
  type VarianceInvarianceCovarianceOptions,
} from '../../losses/varianceInvarianceCovariance';
import type {Backbone, Method} from '../../module';
import type {TwoViews} from '../../views/sources/twoViews';
import {eachView} from '../parts/eachView';
import {projected, type Projected, type ProjectedParams} from '../parts/projected';

/** With the weights of the loss: 25, 25 and 1, the paper's, unless given. */
export interface VicregOptions extends VarianceInvarianceCovarianceOptions {
  backbone: Backbone;
  /**
   * Widths of the layers behind the backbone's own, which the paper calls an expander.
   * @default three of 4 · the backbone's width, 8192 behind a ResNet-50
   */
  projector?: number[];
}

/** Each view runs on its own: BatchNorm sees one view at a time. */
export function vicreg({
  backbone: f,
  projector = [4, 4, 4].map(times => times * f.width),
  ...weights
}: VicregOptions): Method<TwoViews, ProjectedParams, {}, Projected> {
  const encoder = projected(f, mlp([f.width, ...projector], {last: 'nothing'}));
  return {
    init: key => encoder.init(key),
    loss(params, batch, _state, {key}) {
      // Algorithm 1
      // [n, d] each, and [2n, d]
      const {first, second, both} = eachView(encoder, params, batch, key);
      return {loss: varianceInvarianceCovariance(first.projection, second.projection, weights), outputs: both};
    },
    embed: (params, _state, images, mode) => encoder.apply(params, images, mode),
  };
}
