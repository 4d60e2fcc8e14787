// Cross-entropy of labels that are shared among classes: mixed images, and labels that are
// smoothed. Szegedy et al. 2016, "Rethinking the Inception Architecture for Computer Vision",
// arXiv:1512.00567, sec. 7 (label smoothing).

import {check} from '../check';
import {tf} from '../engine/tf';

/** Options of {@link softCrossEntropy}. */
export interface SoftCrossEntropyOptions {
  /** ε: share of each label that is spread evenly over all classes, 0 to below 1. @default 0 */
  smoothing?: number;
}

/** @throws RangeError unless 0 ≤ ε < 1. */
export function checkSmoothing(caller: string, smoothing: number): void {
  check(smoothing >= 0 && smoothing < 1, caller, `expected label smoothing from 0 to below 1, got ${smoothing}`);
}

/**
 * −Σ share · log of the probability that the softmax of the logits gives to the class.
 *
 * @param logits [n, k], k ≥ 2.
 * @param shares [n, k] of each class in a row's label: from 0, of sum 1.
 * @returns Mean over rows, in nats: log k where all logits are alike, whatever the shares.
 * @throws RangeError when the shapes differ, there is one class, or ε is outside 0 to below 1.
 */
export function softCrossEntropy(
  logits: tf.Tensor2D,
  shares: tf.Tensor2D,
  {smoothing = 0}: SoftCrossEntropyOptions = {},
): tf.Scalar {
  const [, k] = logits.shape;
  check(
    k >= 2 && `${shares.shape}` === `${logits.shape}`,
    'softCrossEntropy',
    `expected logits and shares [n, k], k ≥ 2, got [${logits.shape}] and [${shares.shape}]`,
  );
  checkSmoothing('softCrossEntropy', smoothing);
  return tf.tidy(() => {
    const smoothed = smoothing === 0 ? shares : shares.mul(1 - smoothing).add(smoothing / k);
    return logits.logSoftmax().mul(smoothed).sum(1).mean().neg() as tf.Scalar;
  });
}
