// Turns the gradient round: what stands before is trained to make large what the loss makes small.
// Ganin & Lempitsky 2015, "Unsupervised Domain Adaptation by Backpropagation", arXiv:1409.7495.

import {stopGradient} from './stopGradient';
import {tf} from './tf';

/**
 * @returns The same numbers, to a rounding; a gradient that comes back through them changes its
 * sign.
 */
export function reverseGradient<T extends tf.Tensor>(x: T): T {
  return tf.tidy(() => stopGradient(x.mul(2)).sub(x) as T);
}
