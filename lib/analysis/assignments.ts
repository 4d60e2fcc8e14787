// What a teacher's assignments to prototypes say: whether each image is told apart, and whether all
// prototypes are used. Caron et al. 2021, "Emerging Properties in Self-Supervised Vision
// Transformers", arXiv:2104.14294, sec. 5.3 and fig. 7, who watch the entropy of the teacher's
// output.

import {check} from '../check';
import {tf} from '../engine/tf';

/** Both from 0 to 1. */
export type Assignments = {
  /**
   * Mean entropy of a row over ln K: 0 when every row is a single prototype, 1 when every row is
   * even and says nothing.
   */
  entropy: tf.Scalar;
  /**
   * How many prototypes are used, e to the entropy of the mean row, over K: 1 when all are used
   * alike, 1/K when all rows choose the same one. Over m · e^(mean entropy of a row) in place of K
   * where that is fewer: more can m rows of that entropy not use.
   */
  used: tf.Scalar;
};

/**
 * @param probabilities [m, K], m and K ≥ 2, rows sum to 1.
 * @throws RangeError when there are fewer than two rows or columns.
 */
export function assignments(probabilities: tf.Tensor2D): Assignments {
  const [m, k] = probabilities.shape;
  check(
    m >= 2 && k >= 2,
    'assignments',
    `expected at least 2 rows of at least 2 prototypes, got [${probabilities.shape}]`,
  );
  const entropyOf = (p: tf.Tensor) => p.mul(p.maximum(1e-30).log()).sum(-1).neg();
  return tf.tidy(() => {
    const own = entropyOf(probabilities).mean();
    // the entropy of the mean of m rows is at most log m above the mean of theirs
    const most = own.add(Math.log(m)).minimum(Math.log(k));
    return {
      entropy: own.div(Math.log(k)) as tf.Scalar,
      used: entropyOf(probabilities.mean(0)).sub(most).exp() as tf.Scalar,
    };
  });
}
