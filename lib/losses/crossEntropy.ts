// Cross-entropy of classes that are known.

import {check} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';

/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions {
  /** What each row counts, [n], ≥ 0 and not all 0. @default all alike */
  weights?: tf.Tensor1D;
}

/**
 * −log of the probability that the softmax of the logits gives to the label.
 *
 * @param logits [n, k], k ≥ 2.
 * @param labels [n] int32, 0 to k − 1.
 * @returns Mean over rows, in nats: log k where all logits are alike.
 * @throws RangeError when there is not one label, or one weight, a row, or only one class.
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D, {weights}: CrossEntropyOptions = {}): tf.Scalar {
  const [n, k] = logits.shape;
  check(
    k >= 2 && labels.shape.length === 1 && labels.shape[0] === n,
    'crossEntropy',
    `expected logits [n, k], k ≥ 2, and labels [n], got [${logits.shape}] and [${labels.shape}]`,
  );
  check(
    !weights || `${weights.shape}` === `${n}`,
    'crossEntropy',
    `expected one weight for each of ${n} rows, got [${weights?.shape}]`,
  );
  return tf.tidy(() => {
    // [n, k], at most 0: small losses are not rounded as large logits are
    const shifted = logits.sub(stopGradient(logits.max(1, true)));
    const own = shifted.mul(tf.oneHot(labels, k)).sum(1); // [n]
    const each = shifted.exp().sum(1).log().sub(own); // [n]
    return weights ? each.mul(weights).sum().div(weights.sum()) : each.mean();
  });
}
