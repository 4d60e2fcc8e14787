// Score matrices: what a critic says of every x with every y. The diagonal holds the pairs that
// belong together, everything else stands for independent draws.

import {check} from '../check';
import {isRecording} from '../engine/recording';
import {tf} from '../engine/tf';
import {withoutColumn} from '../losses/withoutColumn';

/**
 * @throws RangeError unless the scores are [K, K] with K ≥ 2 and finite; within a compiled step,
 * where no value can be read, the training sees to the latter.
 */
export function checkScores(caller: string, scores: tf.Tensor2D): void {
  const [rows, columns] = scores.shape;
  check(rows === columns && rows >= 2, caller, `expected scores [K, K] of at least 2 pairs, got [${rows},${columns}]`);
  check(
    isRecording() || tf.tidy(() => scores.isFinite().all().dataSync()[0] === 1),
    caller,
    'expected finite scores, got NaN or infinity: the critic has run away, or its inputs are not numbers',
  );
}

/** Ones on the diagonal [K, K]; computed in a step, where a large constant has no place. */
export const diagonal = (k: number): tf.Tensor2D =>
  tf.tidy(
    () =>
      tf
        .range(0, k, 1, 'int32')
        .expandDims(1)
        .equal(tf.range(0, k, 1, 'int32'))
        .cast('float32') as tf.Tensor2D,
  );

/** f_ii, [K]. */
export const joint = (scores: tf.Tensor2D): tf.Tensor1D =>
  tf.tidy(() => scores.mul(diagonal(scores.shape[0])).sum(1) as tf.Tensor1D);

/** f_ij, i ≠ j, [K, K − 1]: row by row, in the order of the columns. */
export const apart = (scores: tf.Tensor2D): tf.Tensor2D =>
  tf.tidy(() => withoutColumn(scores, tf.range(0, scores.shape[0], 1, 'int32')));

/** log of the mean of exp f_ij over i ≠ j, without overflow. */
export const logMeanExpApart = (scores: tf.Tensor2D): tf.Scalar =>
  tf.tidy(() => {
    const others = apart(scores);
    return others.logSumExp().sub(Math.log(others.size)) as tf.Scalar;
  });
