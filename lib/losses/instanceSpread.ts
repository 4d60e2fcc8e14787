// Each image is found among the others, and no other image is taken for it: both as probabilities
// of one softmax. Ye et al. 2019, "Unsupervised Embedding Learning via Invariant and Spreading
// Instance Feature", arXiv:1904.03436; Misra & van der Maaten 2020 (PIRL), arXiv:1912.01991.

import {check} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {checkSimilarities, type Similarities} from './similarities';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link instanceSpread}. */
export interface InstanceSpreadOptions {
  /** τ > 0 divides the cosines. No unit. @default 0.1, the paper's */
  temperature?: Temperature;
}

/** The smallest 1 − P that float32 tells from 0: a negative that takes all of the probability. */
const RESOLUTION = 1e-7;

/**
 * −log P(positive) − Σ_j log(1 − P(j)) of each anchor, where P is the softmax of its cosines over τ
 * with the positive and the m negatives.
 *
 * @returns Mean over anchors, in nats. Similarities that are all alike give log(m + 1) − m log(1 −
 * 1/(m + 1)).
 * @throws RangeError when the shapes do not fit, there are fewer than 2 negatives, or τ ≤ 0.
 * @see Ye et al. 2019, the softmax embedding of instances;
 * mangye16/Unsupervised_Embedding_Learning, BatchAverage.py.
 */
export function instanceSpread(
  {positive, negatives}: Similarities,
  {temperature = 0.1}: InstanceSpreadOptions = {},
): tf.Scalar {
  checkSimilarities('instanceSpread', {positive, negatives});
  check(negatives.shape[1] >= 2, 'instanceSpread', `expected at least 2 negatives, got [${negatives.shape}]`);
  checkTemperature('instanceSpread', temperature);
  return tf.tidy(() => {
    const logits = tf.concat([positive.expandDims(1), negatives], 1).div(temperature); // [n, 1 + m]
    const [own, others] = tf.split(logits.sub(stopGradient(logits.max(1, true))), [1, negatives.shape[1]], 1) as [
      tf.Tensor2D,
      tf.Tensor2D,
    ]; // at most 0
    const all = own.exp().add(others.exp().sum(1, true)).log(); // [n, 1]
    const spread = tf.sub(1, others.sub(all).exp()).maximum(RESOLUTION).log().sum(1); // [n]
    return all.sub(own).mean().sub(spread.mean()) as tf.Scalar;
  });
}
