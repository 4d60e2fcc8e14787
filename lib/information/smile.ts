// SMILE: the Donsker-Varadhan value with the critic clipped where independent pairs are averaged.
// Song & Ermon 2020, "Understanding the Limitations of Variational Mutual Information Estimators",
// arXiv:1910.06222.

import {check} from '../check';
import {tf} from '../engine/tf';
import {checkScores, joint, logMeanExpApart} from './scores';

/** Options of {@link smile}. */
export interface SmileOptions {
  /**
   * τ > 0: independent pairs count with scores from −τ to τ. Small ones lower the variance and lift
   * the estimate.
   * @default 5
   */
  clip?: number;
}

/**
 * mean f_ii − log mean over i ≠ j of exp(clip f_ij): no bound. The critic is trained by {@link
 * jensenShannon}, this is only what is read. Its gradient is that of the value: independent pairs
 * whose score is clipped have none.
 *
 * @param scores f [K, K], K ≥ 2: row i, column j scores x_i with y_j.
 * @returns Nats. Scores that are all alike, and smaller than τ, give 0.
 * @throws RangeError when the scores are not square, K is below 2, or τ ≤ 0.
 * @see Song & Ermon 2020, eq. 9.
 */
export function smile(scores: tf.Tensor2D, {clip = 5}: SmileOptions = {}): tf.Scalar {
  checkScores('smile', scores);
  check(clip > 0, 'smile', `expected clip > 0, got ${clip}`);
  return tf.tidy(
    () =>
      joint(scores)
        .mean()
        .sub(logMeanExpApart(scores.clipByValue(-clip, clip) as tf.Tensor2D)) as tf.Scalar,
  );
}
