// Skips a residual branch for some images of a batch while training, so that a deep network is
// trained like many shallow ones. Huang et al. 2016, "Deep Networks with Stochastic Depth",
// arXiv:1603.09382; timm/layers/drop.py, drop_path.

import {check} from '../check';
import {uniform} from '../engine/random';
import {tf} from '../engine/tf';
import type {Key} from '../module';

/**
 * @param branch What a block would add to its input: [n, l, d].
 * @param rate Share of the images for which it is skipped, 0 ≤ rate < 1.
 * @param key Without it nothing is skipped.
 * @returns Of each image 0 or branch/(1 − rate): the branch in expectation.
 */
export function stochasticDepth(branch: tf.Tensor3D, rate: number, key?: Key): tf.Tensor3D {
  check(rate >= 0 && rate < 1, 'stochasticDepth', `expected a rate from 0 to below 1, got ${rate}`);
  if (!key || rate === 0) return branch.clone();
  return tf.tidy(() =>
    branch.mul(
      uniform(key, [branch.shape[0], 1, 1])
        .greaterEqual(rate)
        .cast('float32')
        .div(1 - rate),
    ),
  ); // [n, 1, 1]
}
