// How much embeddings vary along each of their principal directions: what collapse looks like
// whole, where other measures are one number. Jing et al. 2022, "Understanding Dimensional Collapse
// in Contrastive Self-Supervised Learning", arXiv:2110.09348.

import {check} from '../check';
import {bool, operations, type} from '../engine/operation';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';

/**
 * Variances along the principal directions of the centered unit embeddings, largest first. Jing et
 * al. show them on a logarithmic scale, of embeddings of any length; of unit ones they add up to 1
 * − ‖mean‖², and (Σ λ)² / Σ λ² is the participation ratio.
 *
 * @param z Embeddings [n, d], n > d. Any length: normalized here.
 * @returns [d], 0 where nothing varies. No gradient flows.
 * @throws RangeError when n ≤ d: the number of samples would bound the directions.
 */
export function spectrum(z: tf.Tensor2D): tf.Tensor1D {
  const [n, d] = z.shape;
  check(n > d, 'spectrum', `expected more samples than dimensions, ${d}, got ${n}`);
  return tf.tidy(() => {
    const u = unit(z);
    const [singular] = operations(
      'Svd',
      {compute_uv: bool(false), full_matrices: bool(false), T: type('float32')},
      [u.sub(u.mean(0))],
      3,
    ); // [d], descending
    return singular!.square().div(n) as tf.Tensor1D;
  });
}
