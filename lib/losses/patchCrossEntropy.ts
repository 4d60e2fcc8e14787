// A student says of the masked patches of an image what a teacher, who sees them, says:
// cross-entropy over prototypes. Zhou et al. 2022, "iBOT: Image BERT Pre-Training with Online
// Tokenizer", arXiv:2111.07832, eq. 2.

import {check} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {meanOfKept} from './meanOfKept';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link patchCrossEntropy}. */
export interface PatchCrossEntropyOptions {
  /** τ > 0 divides the student's logits. No unit. @default 0.1 */
  temperature?: Temperature;
}

/**
 * Cross-entropy of the student's prototypes under the teacher's, of masked patches. No gradient
 * flows into the teacher.
 *
 * @param student Logits [n·l, K], image by image.
 * @param teacher Probabilities [n·l, K].
 * @param masked [n, l], 1 where the student saw a mask token.
 * @returns Mean over images of the mean over their masked patches, in nats; an image without any
 * counts as 0. log K where the student's logits are all alike and each image has masked patches.
 * @throws RangeError when the rows are not those of the masks, or τ ≤ 0.
 * @see bytedance/ibot, main_ibot.py (iBOTLoss): `loss2`.
 */
export function patchCrossEntropy(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  masked: tf.Tensor2D,
  {temperature = 0.1}: PatchCrossEntropyOptions = {},
): tf.Scalar {
  check(
    `${student.shape}` === `${teacher.shape}` && student.shape[0] === masked.size,
    'patchCrossEntropy',
    `expected logits and probabilities [n·l, K] of masks [n, l], got [${student.shape}] and ` +
      `[${teacher.shape}] of [${masked.shape}]`,
  );
  checkTemperature('patchCrossEntropy', temperature);
  return tf.tidy(() => {
    const log = student.div<tf.Tensor2D>(temperature).logSoftmax();
    const each = stopGradient(teacher).mul(log).sum(1).reshape<tf.Tensor2D>(masked.shape); // [n, l]
    return meanOfKept(each, masked).mean().neg() as tf.Scalar;
  });
}
