// A critic of one network that sees both sides: it can say more than an inner product, for n · m
// passes. Poole et al. 2019, "On Variational Bounds of Mutual Information", arXiv:1905.06922, app.
// D ("joint critic").

import {tf} from '../engine/tf';
import type {Params} from '../module';
import {network, type Critic, type CriticOptions} from './critic';

/** f(x, y) of x and y side by side. */
export function concatenatedCritic({widths: [dx, dy], ...size}: CriticOptions): Critic<{joint: Params}> {
  const f = network(dx + dy, 1, size);
  return {
    init: key => ({joint: f.init(key)}),
    scores: ({joint}, x, y) =>
      tf.tidy(() => {
        const [n, m] = [x.shape[0], y.shape[0]];
        const pairs = tf
          .concat([x.expandDims(1).tile([1, m, 1]), y.expandDims(0).tile([n, 1, 1])], 2)
          .reshape<tf.Tensor2D>([n * m, dx + dy]);
        return f.apply(joint, pairs, {}).reshape<tf.Tensor2D>([n, m]);
      }),
  };
}
