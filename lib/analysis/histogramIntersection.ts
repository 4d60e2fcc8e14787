// How much two histograms have in common.
// Swain & Ballard 1991, "Color Indexing", International Journal of Computer Vision 7(1).

import {check} from '../check';
import {tf} from '../engine/tf';

/** Values compared at once. */
const PIECE = 1.6e7;

/**
 * Σ over the bins of the smaller share, for each pair of a row of `first` and a row of `second`.
 *
 * @param first [n, b], @param second [m, b] histograms: rows of sum 1.
 * @returns [n, m] from 0 (nothing in common) to 1 (equal).
 * @throws RangeError when the numbers of bins differ.
 */
export function histogramIntersection(first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor2D {
  const [[n, bins], [m]] = [first.shape, second.shape];
  check(
    bins === second.shape[1],
    'histogramIntersection',
    `expected histograms of as many bins, got [${first.shape}] and [${second.shape}]`,
  );
  const rows = Math.max(1, Math.floor(PIECE / (m * bins)));
  return tf.tidy(() =>
    tf.concat(
      Array.from({length: Math.ceil(n / rows)}, (_, i) =>
        tf.tidy(() => {
          const some = first.slice([i * rows, 0], [Math.min(rows, n - i * rows), -1]).reshape([-1, 1, bins]);
          return tf.minimum(some, second.reshape([1, m, bins])).sum(2) as tf.Tensor2D; // [rows, m]
        }),
      ),
    ),
  );
}
