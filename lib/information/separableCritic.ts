// A critic of two networks, one for each side, and their inner product: n + m passes score n · m
// pairs. van den Oord et al. 2018, arXiv:1807.03748; Poole et al. 2019, arXiv:1905.06922, sec. 3.

import {split} from '../engine/random';
import {tf} from '../engine/tf';
import type {Params} from '../module';
import {network, type Critic, type CriticOptions} from './critic';

/** Options of {@link separableCritic}. */
export interface SeparableCriticOptions extends CriticOptions {
  /** Width of what both networks give. @default 32 */
  embed?: number;
}

/** f(x, y) = g(x) · h(y). */
export function separableCritic({
  widths: [dx, dy],
  embed = 32,
  ...size
}: SeparableCriticOptions): Critic<{x: Params; y: Params}> {
  const [g, h] = [network(dx, embed, size), network(dy, embed, size)];
  return {
    init(key) {
      const [a, b] = split(key, 2);
      return {x: g.init(a!), y: h.init(b!)};
    },
    scores: (params, x, y) => tf.tidy(() => tf.matMul(g.apply(params.x, x, {}), h.apply(params.y, y, {}), false, true)),
  };
}
