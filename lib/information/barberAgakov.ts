// The Barber-Agakov bound: how well x can be told from y by a distribution q, where the entropy of
// x is known. Barber & Agakov 2003, "The IM Algorithm: A Variational Approach to Information
// Maximization"; Poole et al. 2019, arXiv:1905.06922, eq. 2.

import {check} from '../check';
import {tf} from '../engine/tf';

/**
 * h(x) + mean of log q(x_i|y_i): a lower bound, tight where q is the true conditional, with little
 * variance.
 *
 * @param entropy h(x) in nats; of d standard normals d/2 · (1 + ln 2π).
 * @param logConditional log q(x_i|y_i) [n].
 * @returns Nats.
 * @throws RangeError when there is no value.
 */
export function barberAgakov(entropy: number, logConditional: tf.Tensor1D): tf.Scalar {
  check(logConditional.size >= 1, 'barberAgakov', 'expected at least one value, got none');
  return tf.tidy(() => logConditional.mean().add(entropy) as tf.Scalar);
}

/** h of d independent standard normals, in nats. */
export const normalEntropy = (dimensions: number): number => (dimensions / 2) * (1 + Math.log(2 * Math.PI));
