// Shares out a batch over prototypes so that each prototype gets as much of it as any other:
// Sinkhorn's and Knopp's turns at rows and columns. Cuturi 2013, "Sinkhorn Distances: Lightspeed
// Computation of Optimal Transport", arXiv:1306.0895; Caron et al. 2020 (SwAV), arXiv:2006.09882,
// sec. 3.1.

import {check, whole} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';

/** Options of {@link sinkhorn}. */
export interface SinkhornOptions {
  /**
   * ε > 0 divides the scores: a large one shares each image out evenly, a small one gives it whole
   * to few prototypes. No unit.
   * @default 0.05
   */
  epsilon?: number;
  /** Turns at columns and rows, from 1. More bring the columns nearer to equal sums. @default 3 */
  iterations?: number;
}

/**
 * Codes: soft assignments of images to prototypes, all prototypes used alike. No gradient flows.
 *
 * @param scores [m, K], each image's cosines with the prototypes.
 * @returns [m, K], each from 0 to 1. Rows sum to 1, columns nearly to m/K. Scores that are all
 * alike give 1/K.
 * @throws RangeError when ε ≤ 0 or there are fewer than 1 iteration.
 * @see facebookresearch/swav, main_swav.py, distributed_sinkhorn: the same numbers. Here in
 * logarithms, where scores of any size neither overflow nor vanish.
 */
export function sinkhorn(scores: tf.Tensor2D, {epsilon = 0.05, iterations = 3}: SinkhornOptions = {}): tf.Tensor2D {
  check(epsilon > 0, 'sinkhorn', `expected epsilon > 0, got ${epsilon}`);
  whole('sinkhorn', 'iterations', iterations);
  return tf.tidy(() => {
    let logits = stopGradient(scores).div<tf.Tensor2D>(epsilon);
    for (let i = 0; i < iterations; i++) {
      // columns of sum 1: m/K of the authors' is a factor that the rows take away again
      const even = logits.sub<tf.Tensor2D>(logits.logSumExp(0, true));
      logits = even.sub(even.logSumExp(1, true)); // rows of sum 1
    }
    return logits.softmax(); // the rows again, to the last digit
  });
}
