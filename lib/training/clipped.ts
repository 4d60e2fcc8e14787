// Gradients that are never longer than a given norm.
// Pascanu et al. 2013, "On the difficulty of training recurrent neural networks", arXiv:1211.5063;
// parameter by parameter as in DINO's code (facebookresearch/dino, utils.py, clip_gradients).

import {check} from '../check';
import {tf} from '../engine/tf';
import {map} from '../engine/params';
import type {Optimizer} from './optimizer';

/**
 * The same optimizer on gradients that are scaled down to `norm` where they are longer, each
 * parameter's on its own.
 */
export function clipped(optimizer: Optimizer, norm: number): Optimizer {
  check(norm > 0, 'clipped', `expected norm > 0, got ${norm}`);
  const clip = (gradient: tf.Tensor) =>
    // 1e-6 as theirs
    tf.tidy(() => gradient.mul(tf.div(norm, tf.norm(gradient).add(1e-6)).minimum(1)));
  return {
    init: params => optimizer.init(params),
    update: (params, gradients, slots, options) =>
      tf.tidy(() => optimizer.update(params, map(gradients, clip), slots, options)),
  };
}
