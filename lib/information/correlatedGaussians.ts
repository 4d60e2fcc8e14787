// Pairs of Gaussians whose mutual information is known: the test bed of all estimators.
// Belghazi et al. 2018, arXiv:1801.04062, sec. 4.1; Poole et al. 2019, arXiv:1905.06922, sec. 4;
// Song & Ermon 2020, arXiv:1910.06222, sec. 6.

import {whole} from '../check';
import {normal, split} from '../engine/random';
import {tf} from '../engine/tf';
import type {KnownTruth} from './knownTruth';

/** I = −(d/2) ln(1 − ρ²) in nats, of d independent pairs of correlation ρ. */
export const gaussianInformation = (correlation: number, dimensions: number): number =>
  (-dimensions / 2) * Math.log1p(-(correlation ** 2));

/** ρ = √(1 − e^(−2I/d)), from 0 to below 1. */
export const gaussianCorrelation = (information: number, dimensions: number): number =>
  Math.sqrt(-Math.expm1((-2 * information) / dimensions));

/** Options of {@link correlatedGaussians}. */
export interface CorrelatedGaussiansOptions {
  /** @default 20 */
  dimensions?: number;
  /** Whether y is given as y³: the same information, harder to find. @default false */
  cubic?: boolean;
}

/**
 * x ~ N(0, 1), y = ρx + √(1 − ρ²)ε in each dimension. The dial is ρ.
 *
 * @throws RangeError when the number of dimensions is no whole number from 1.
 */
export function correlatedGaussians({dimensions = 20, cubic = false}: CorrelatedGaussiansOptions = {}): KnownTruth {
  whole('correlatedGaussians', 'dimensions', dimensions);
  return {
    name: cubic ? 'two Gaussians, one of them cubed' : 'two Gaussians',
    dimensions,
    dialOf: information => gaussianCorrelation(information, dimensions),
    sample(key, n, correlation) {
      return tf.tidy(() => {
        const [x, noise] = split(key, 2).map(part => normal(part, [n, dimensions])) as [tf.Tensor2D, tf.Tensor2D];
        const y = x.mul(correlation).add(noise.mul(tf.sub(1, correlation.square()).sqrt())) as tf.Tensor2D;
        return {x, y: cubic ? y.mul(y).mul<tf.Tensor2D>(y) : y};
      });
    },
    logRatio: (x, given, correlation) =>
      tf.tidy(() => {
        const y = cubic ? (given.sign().mul(given.abs().pow(1 / 3)) as tf.Tensor2D) : given;
        const left = tf.sub(1, correlation.square()); // 1 − ρ²
        const [xx, yy] = [x.square().sum(1, true), y.square().sum(1)]; // [n, 1] and [m]
        const cross = tf.matMul(x, y, false, true); // [n, m]
        // ‖y − ρx‖²
        const distance = yy.sub(cross.mul(2).mul(correlation)).add(xx.mul(correlation.square()));
        return yy.sub(distance.div(left)).sub(left.log().mul(dimensions)).div(2) as tf.Tensor2D;
      }),
  };
}
