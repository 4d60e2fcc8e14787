// Noise-contrastive estimation: is this entry of the memory the image's own, or was it drawn at random?
// Gutmann & Hyvärinen 2010, "Noise-contrastive estimation"; Wu et al. 2018, arXiv:1805.01978, sec. 3.2; Misra & van der Maaten 2020 (PIRL), arXiv:1912.01991.

import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {checkSimilarities, type Similarities} from './similarities';
import {checkTemperature, type Temperature} from './temperature';

export interface NoiseContrastiveOptions {
  /** Z: what e^(s/τ) is divided by to be a probability, see {@link normaliser}. */
  normaliser: tf.Scalar;
  /** τ > 0 divides the cosines. No unit. @default 0.07, the papers' */
  temperature?: Temperature;
}

/**
 * −log h(positive) − Σ_j log(1 − h(j)) of each anchor, where h = P / (P + m/(m + 1)) and P = e^(s/τ) / Z: the negatives are all m other entries of a memory of m + 1, and noise draws each
 * with probability 1/(m + 1).
 *
 * @returns Mean over anchors, in nats. Similarities that are all alike, with their own Z, give log(m + 1) + m log(1 + 1/m).
 * @throws RangeError when the shapes do not fit, or τ ≤ 0.
 * @see Wu et al. 2018, sec. 3.2; facebookresearch/vissl, losses/nce_loss.py, which draws 32,000 negatives with replacement.
 */
export function noiseContrastive({positive, negatives}: Similarities, {normaliser, temperature = 0.07}: NoiseContrastiveOptions): tf.Scalar {
  checkSimilarities('noiseContrastive', {positive, negatives});
  checkTemperature('noiseContrastive', temperature);
  const m = negatives.shape[1];
  return tf.tidy(() => {
    const noise = normaliser.log().add(Math.log(m / (m + 1)));
    const odds = (s: tf.Tensor) => s.div(temperature).sub(noise);                        // log of P over m/(m + 1)
    const missed = tf.softplus(odds(positive).neg()).mean();
    return missed.add(tf.softplus(odds(negatives)).sum(1).mean()) as tf.Scalar;
  });
}

/**
 * Z as both papers' code estimates it, on the first batch: the number of entries times the mean of e^(s/τ). No gradient flows.
 *
 * @returns With similarities that are all alike: (m + 1) e^(s/τ).
 */
export function normaliser({positive, negatives}: Similarities, {temperature = 0.07}: Pick<NoiseContrastiveOptions, 'temperature'> = {}): tf.Scalar {
  checkSimilarities('normaliser', {positive, negatives});
  const [n] = negatives.shape;
  return tf.tidy(() => {
    const sum = (s: tf.Tensor) => stopGradient(s).div(temperature).exp().sum();
    return sum(positive).add(sum(negatives)).div(n) as tf.Scalar;   // mean over n (m + 1) values, times m + 1
  });
}
