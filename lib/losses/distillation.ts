// A student learns the classes that a teacher sees in an image, with the teacher's doubts.
// Hinton, Vinyals & Dean 2015, "Distilling the Knowledge in a Neural Network", arXiv:1503.02531;
// Chen et al. 2020 (SimCLR v2), arXiv:2006.10029, eq. 2.

import {check} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {checkTemperature} from './temperature';

/** Options of {@link distillation}. */
export interface DistillationOptions {
  /**
   * τ > 0 divides both logits: a larger one lets the teacher's doubts count more. No unit.
   * @default 1
   */
  temperature?: number;
}

/**
 * Cross-entropy of the student's classes under the teacher's, both softened by τ. No gradient flows
 * into the teacher.
 *
 * @param student, teacher Logits [n, k].
 * @returns Mean over images, in nats: the entropy of the teacher's classes where both agree; log k
 * when the student knows nothing and all its logits are alike.
 * @throws RangeError when the shapes differ or τ ≤ 0.
 */
export function distillation(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  {temperature = 1}: DistillationOptions = {},
): tf.Scalar {
  check(
    `${student.shape}` === `${teacher.shape}`,
    'distillation',
    `expected logits of one shape [n, k], got [${student.shape}] and [${teacher.shape}]`,
  );
  checkTemperature('distillation', temperature);
  return tf.tidy(() => {
    const target = stopGradient(teacher.div<tf.Tensor2D>(temperature).softmax()); // [n, k]
    return target.mul(student.div<tf.Tensor2D>(temperature).logSoftmax()).sum(1).mean().neg() as tf.Scalar;
  });
}
