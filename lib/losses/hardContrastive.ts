// The contrastive loss with hard negative sampling: only the nearest negatives of each anchor are
// pushed. Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {tf} from '../engine/tf';
import {nearestNegatives, type NearestNegativesOptions} from './nearestNegatives';
import {checkSimilarities, type Similarities} from './similarities';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link hardContrastive}. */
export interface HardContrastiveOptions extends NearestNegativesOptions {
  /** τ > 0 divides the cosines. No unit. @default 0.3 */
  temperature?: Temperature;
}

/**
 * The contrastive loss in whose denominator, beside the positive, only the K nearest negatives of
 * each anchor stand (ties with the K-th as well).
 *
 * @returns Mean over anchors, in nats. With K = m the contrastive loss; when positive and K
 * distinct nearest negatives are alike, log(K + 1).
 * @throws RangeError when the shapes do not fit, τ ≤ 0, both `nearest` and `share` are given, or
 * there are fewer negatives than K.
 * @see Wang & Liu 2021, "hard contrastive loss": s_ik ≥ s_α, the upper α-quantile.
 */
export function hardContrastive(
  {positive, negatives}: Similarities,
  {temperature = 0.3, ...which}: HardContrastiveOptions = {},
): tf.Scalar {
  checkSimilarities('hardContrastive', {positive, negatives});
  checkTemperature('hardContrastive', temperature);
  return tf.tidy(() => {
    const kept = nearestNegatives('hardContrastive', negatives, which); // [n, m]
    const against = tf.where(kept, negatives.div(temperature), -Infinity).logSumExp(1); // [n]
    return tf.softplus(against.sub(positive.div(temperature))).mean() as tf.Scalar;
  });
}
