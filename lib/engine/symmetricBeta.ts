// Numbers of a symmetric Beta distribution as a function of a key, each made of two even ones:
// nothing is drawn again, so that a recorded step can hold it. Bailey 1994, "Polar Generation of
// Random Variates with the t-Distribution", Mathematics of Computation 62(206); T of Student's
// distribution with 2α degrees of freedom gives (1 + T/√(2α + T²))/2.

import {check} from '../check';
import type {Key} from './random';
import {clip} from './clip';
import {split, uniform, type Shaped} from './random';
import {tf} from './tf';

/**
 * Draws from Beta(α, α).
 *
 * @param alpha α > 0: even at 1, near 0 and 1 below, near 1/2 above.
 * @returns 0 to 1, float32; mean 1/2, variance 1/(4(2α + 1)).
 * @throws RangeError unless α > 0.
 */
export function symmetricBeta<S extends number[]>(key: Key, shape: [...S], alpha: number): Shaped<S> {
  check(alpha > 0 && Number.isFinite(alpha), 'symmetricBeta', `expected α > 0, got ${alpha}`);
  return tf.tidy(() => {
    const [a, b] = split(key, 2);
    // U^(1/α); Bailey's U^(−1/α) would leave float32 where α is small
    const shrunk = (uniform(a!, shape) as tf.Tensor).pow(1 / alpha);
    const cosine = (uniform(b!, shape) as tf.Tensor).mul(2 * Math.PI).cos();
    const t = cosine.div(
      cosine
        .square()
        .add(shrunk.div(tf.sub(1, shrunk)))
        .sqrt(),
    ); // T/√(2α + T²)
    // where a square root is rounded, t may leave −1 to 1 by its last digit
    return clip(t.add(1).div(2)) as Shaped<S>;
  });
}
