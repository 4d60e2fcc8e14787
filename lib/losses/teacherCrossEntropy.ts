// A student says of one crop of an image what a teacher says of another: cross-entropy over
// prototypes, for all pairs of crops but those of a crop with itself. Caron et al. 2020 (SwAV),
// arXiv:2006.09882, eq. 1 and sec. 3.2; Caron et al. 2021 (DINO), arXiv:2104.14294, eq. 3.

import {check} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {checkTemperature, type Temperature} from './temperature';

/** Options of {@link teacherCrossEntropy}. */
export interface TeacherCrossEntropyOptions {
  /** Crops of each image that the student sees, V. */
  crops: number;
  /** τ > 0 divides the student's logits. No unit. @default 0.1 */
  temperature?: Temperature;
}

/**
 * Cross-entropy of the student's prototypes under the teacher's. No gradient flows into the
 * teacher.
 *
 * @param student Logits [V·n, K], crop by crop, those that the teacher sees first.
 * @param teacher Probabilities [g·n, K] of the first g crops, 1 ≤ g ≤ V.
 * @returns Mean over images and the g·(V − 1) pairs of different crops, in nats; log K where the
 * student's logits are all alike.
 * @throws RangeError when the rows are not those of V and of at most V crops, V < 2, or τ ≤ 0.
 */
export function teacherCrossEntropy(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  {crops, temperature = 0.1}: TeacherCrossEntropyOptions,
): tf.Scalar {
  const [[rows, k], [taught, theirs]] = [student.shape, teacher.shape];
  check(
    Number.isInteger(crops) && crops >= 2,
    'teacherCrossEntropy',
    `expected at least 2 crops of each image, got ${crops}`,
  );
  const [n, seen] = [rows / crops, (taught * crops) / rows];
  check(
    Number.isInteger(n) && Number.isInteger(seen) && seen >= 1 && seen <= crops && k === theirs,
    'teacherCrossEntropy',
    `expected logits of ${crops} crops and probabilities of some of them, [${crops}·n, K] and [g·n, K], ` +
      `got [${student.shape}] and [${teacher.shape}]`,
  );
  checkTemperature('teacherCrossEntropy', temperature);
  return tf.tidy(() => {
    const log = student.div<tf.Tensor2D>(temperature).logSoftmax().reshape<tf.Tensor3D>([crops, n, k]);
    const others = log.sum(0).sub(log.slice(0, seen)); // [g, n, K], all crops but the teacher's own
    return stopGradient(teacher)
      .reshape([seen, n, k])
      .mul(others)
      .sum()
      .div(-seen * (crops - 1) * n) as tf.Scalar;
  });
}
