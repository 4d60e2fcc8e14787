// Pairs whose mutual information is known: what estimators are held to, and truths made of truths.
// Song & Ermon 2020 (SMILE), "Understanding the Limitations of Variational Mutual Information
// Estimators", arXiv:1910.06222, whose self-consistency tests the last two are.

import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import type {Key} from '../module';

/** Pairs whose mutual information is known. */
export interface KnownTruth {
  /** As in 'two Gaussians'. */
  name: string;
  /** Width of x and of y. */
  dimensions: number;
  /**
   * The number that is turned for this much information in nats: a correlation, a noise.
   * @throws RangeError when there is none.
   */
  dialOf(information: number): number;
  /** n pairs [n, dimensions]. */
  sample(key: Key, n: number, dial: tf.Scalar): {x: tf.Tensor2D; y: tf.Tensor2D};
  /** log p(y_j|x_i) / p(y_j) [n, m]: the best critic. */
  logRatio(x: tf.Tensor2D, y: tf.Tensor2D, dial: tf.Scalar): tf.Tensor2D;
}

/**
 * x beside itself, and y beside its hyperbolic tangent: functions of what was there tell nothing
 * new, I([x, x]; [y, tanh y]) = I(x; y).
 */
export function processed({name, dimensions, dialOf, sample, logRatio}: KnownTruth): KnownTruth {
  const part = (pairs: tf.Tensor2D) => pairs.slice([0, 0], [-1, dimensions]);
  return {
    name: `${name}, processed`,
    dimensions: 2 * dimensions,
    dialOf,
    sample: (key, n, dial) =>
      tf.tidy(() => {
        const {x, y} = sample(key, n, dial);
        return {x: tf.concat([x, x], 1), y: tf.concat([y, y.tanh()], 1)};
      }),
    logRatio: (x, y, dial) => tf.tidy(() => logRatio(part(x), part(y), dial)),
  };
}

/**
 * Two independent pairs as one: I([x1, x2]; [y1, y2]) = 2 I(x; y). The dial is that of one pair;
 * {@link KnownTruth.dialOf} is given the information of both.
 */
export function doubled({name, dimensions, dialOf, sample, logRatio}: KnownTruth): KnownTruth {
  const part = (pairs: tf.Tensor2D, i: number) => pairs.slice([0, i * dimensions], [-1, dimensions]);
  return {
    name: `${name}, twice`,
    dimensions: 2 * dimensions,
    dialOf: information => dialOf(information / 2),
    sample: (key, n, dial) =>
      tf.tidy(() => {
        const [a, b] = ['first', 'second'].map(pair => sample(fold(key, pair), n, dial));
        return {x: tf.concat([a!.x, b!.x], 1), y: tf.concat([a!.y, b!.y], 1)};
      }),
    logRatio: (x, y, dial) =>
      tf.tidy(() => logRatio(part(x, 0), part(y, 0), dial).add<tf.Tensor2D>(logRatio(part(x, 1), part(y, 1), dial))),
  };
}
