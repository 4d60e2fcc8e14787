// How the variance of features is spread over their channels: evenly, or in a few that decide every distance.

import {check} from '../check';
import {tf} from '../engine/tf';

/**
 * @param features [n, d], n ≥ 2, of any length: nothing is normalised, as the channels are the encoder's own.
 * @returns [d] each channel's share of the variance of all, largest first; they add up to 1. Channels that vary alike have 1/d each.
 * @throws RangeError when there is one sample, or nothing varies.
 */
export function channelShares(features: tf.Tensor2D): Float32Array {
  const [n] = features.shape;
  check(n >= 2, 'channelShares', `expected at least 2 samples, got ${n}`);
  const variances = tf.tidy(() => tf.moments(features, 0).variance.dataSync() as Float32Array);
  const total = variances.reduce((a, b) => a + b, 0);
  check(total > 0, 'channelShares', 'expected features that vary, got all alike');
  return variances.map(variance => variance / total).sort().reverse();
}
