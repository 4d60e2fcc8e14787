// A critic that is linear in features of each side: CPC's.
// van den Oord et al. 2018, "Representation Learning with Contrastive Predictive Coding",
// arXiv:1807.03748, eq. 3.

import {tf} from '../engine/tf';
import {linear} from '../layers/linear';
import type {Params} from '../module';
import type {Critic, CriticOptions} from './critic';

/** Options of {@link bilinearCritic}. */
export interface BilinearCriticOptions extends Pick<CriticOptions, 'widths'> {
  /**
   * Whether squares and a constant stand beside x and y: then the best critic of Gaussians whose
   * coordinates are paired is among those that it can become.
   * @default false
   */
  quadratic?: boolean;
}

/** f(x, y) = φ(x)ᵀ W φ(y), where φ(x) is x itself, or (x, x² − 1, 1). */
export function bilinearCritic({
  widths: [dx, dy],
  quadratic = false,
}: BilinearCriticOptions): Critic<{product: Params}> {
  const width = (d: number) => (quadratic ? 2 * d + 1 : d);
  // from scores that say nothing: random ones of squares are large, and exp of them overflows
  const product = linear(width(dy), width(dx), {bias: false, initial: (_key, shape) => tf.zeros(shape)});
  const features = (x: tf.Tensor2D): tf.Tensor2D =>
    quadratic ? tf.concat([x, x.square().sub<tf.Tensor2D>(1), tf.ones<tf.Rank.R2>([x.shape[0], 1])], 1) : x;
  return {
    init: key => ({product: product.init(key)}),
    scores: (params, x, y) =>
      tf.tidy(() => tf.matMul(features(x), product.apply(params.product, features(y), {}), false, true)),
  };
}
