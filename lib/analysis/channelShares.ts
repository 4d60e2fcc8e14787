// How the variance of features is spread over their channels: evenly, or in a few that decide every
// distance.

import {check} from '../check';
import {tf} from '../engine/tf';

/** Share of a channel's square below which its variance is what float32 makes of a constant. */
const ROUNDING = 1e-12;

/**
 * @param features [n, d], n ≥ 2, of any length: nothing is normalized, as the channels are the
 * encoder's own.
 * @returns [d] each channel's share of the variance of all, largest first; they add up to 1.
 * Channels that vary alike have 1/d each.
 * @throws RangeError when there is one sample, or nothing varies by more than float32 rounds.
 */
export function channelShares(features: tf.Tensor2D): Float32Array {
  const [n] = features.shape;
  check(n >= 2, 'channelShares', `expected at least 2 samples, got ${n}`);
  const variances = tf.tidy(() => {
    const first = features.slice([0, 0], [1, -1]);
    // from the first sample on: exactly 0 where all are equal
    const {variance} = tf.moments(features.sub(first), 0);
    return variance.mul(variance.greater(first.square().mul(ROUNDING).squeeze([0]))).dataSync<'float32'>();
  });
  const total = variances.reduce((a, b) => a + b, 0);
  check(total > 0, 'channelShares', 'expected features that vary, got all alike');
  return variances
    .map(variance => variance / total)
    .sort()
    .reverse();
}
