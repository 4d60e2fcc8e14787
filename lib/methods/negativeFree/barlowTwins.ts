// Barlow Twins: the features of two views correlate one with one, so that no feature says what
// another one says. Zbontar et al. 2021, "Barlow Twins: Self-Supervised Learning via Redundancy
// Reduction", arXiv:2103.03230.

import {mlp} from '../../layers/mlp';
import {crossCorrelation} from '../../losses/crossCorrelation';
import type {Backbone, Method} from '../../module';
import type {TwoViews} from '../../views/sources/twoViews';
import {eachView} from '../parts/eachView';
import {projected, type Projected, type ProjectedParams} from '../parts/projected';

/** Options of {@link barlowTwins}. */
export interface BarlowTwinsOptions {
  backbone: Backbone;
  /**
   * Widths of the projector's layers after the backbone's own; a wide output helps (fig. 4).
   * @default three of 4 · the backbone's width, 8192 behind a ResNet-50
   */
  projector?: number[];
  /** λ, see {@link crossCorrelation}. @default 0.0051, the authors' */
  redundancy?: number;
}

/**
 * Factor on the rate of biases and of BatchNorm: in the authors' code their rate is 0.0048 where
 * that of weights is 0.2.
 */
const OFFSETS = 0.0048 / 0.2;

/** Widths of the projector's layers behind a backbone. */
export const barlowTwinsProjector = ({width}: Pick<Backbone, 'width'>): number[] => [4 * width, 4 * width, 4 * width];

/** Each view runs on its own: BatchNorm sees one view at a time. */
export function barlowTwins({
  backbone: f,
  projector = barlowTwinsProjector(f),
  redundancy = 0.0051,
}: BarlowTwinsOptions): Method<TwoViews, ProjectedParams, {}, Projected> {
  const encoder = projected(f, mlp([f.width, ...projector], {last: 'nothing'}));
  return {
    init: key => encoder.init(key),
    loss(params, batch, _state, {key}) {
      // Algorithm 1
      // [n, d] each, and [2n, d]
      const {first, second, both} = eachView(encoder, params, batch, key);
      return {loss: crossCorrelation(first.projection, second.projection, {redundancy}), outputs: both};
    },
    embed: (params, _state, images, mode) => encoder.apply(params, images, mode),
    rule: (_name, _step, {rank}) => (rank === 1 ? {rate: OFFSETS} : {}),
  };
}
