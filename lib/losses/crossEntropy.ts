// Cross-entropy of classes that are known.

import {check} from '../check';
import {tf} from '../engine/tf';

/**
 * −log of the probability that the softmax of the logits gives to the label.
 *
 * @param logits [n, k], k ≥ 2.
 * @param labels [n] int32, 0 to k − 1.
 * @returns Mean over rows, in nats: log k where all logits are alike.
 * @throws RangeError when there is not one label a row, or only one class.
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const [n, k] = logits.shape;
  check(k >= 2 && labels.shape.length === 1 && labels.shape[0] === n, 'crossEntropy', `expected logits [n, k], k ≥ 2, and labels [n], got [${logits.shape}] and [${labels.shape}]`);
  return tf.tidy(() => {
    const own = logits.mul(tf.oneHot(labels, k)).sum(1);   // [n]
    return logits.logSumExp(1).sub(own).mean() as tf.Scalar;
  });
}
