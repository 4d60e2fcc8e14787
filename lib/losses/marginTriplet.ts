// The triplet loss on cosines: the positive must be nearer than each negative, by a margin.
// Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
// arXiv:2002.05709.

import {check} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import {meanOfKept} from './meanOfKept';
import {checkSimilarities, type Similarities} from './similarities';

/** Options of {@link marginTriplet}. */
export interface MarginTripletOptions {
  /**
   * Between cosines, from 0. At 1, agreeing views and orthogonal other images cost nothing; the
   * paper tries 0, .4, .8 and 1.6. FaceNet's .2 between squared distances is .1 here.
   * @default 1
   */
  margin?: number;
  /**
   * Only negatives that are further away than the positive, yet within the margin, count.
   * @default false
   */
  semiHard?: boolean;
}

/**
 * max(s_ij − s_ii + margin, 0), averaged over an anchor's negatives: with `semiHard` over those
 * that count, and 0 where none does.
 *
 * SimCLR's table gives the loss of one negative, and its released code lacks it. Chosen here: the
 * mean over the negatives, of both views when the similarities are those of pairs (the paper takes
 * one view's, which slightly impairs it), and the mean over all semi-hard ones.
 *
 * @returns Mean over anchors, no unit. Similarities that are all alike give the margin, with
 * `semiHard` 0.
 * @throws RangeError when the shapes do not fit, or margin is below 0, with `semiHard` not above 0.
 * @see Chen et al. 2020, table 2, sec. 5.1 and B.10; Schroff et al. 2015 (FaceNet,
 * arXiv:1503.03832), sec. 3.2, for semi-hard.
 */
export function marginTriplet(
  {positive, negatives}: Similarities,
  {margin = 1, semiHard = false}: MarginTripletOptions = {},
): tf.Scalar {
  checkSimilarities('marginTriplet', {positive, negatives});
  check(margin >= 0, 'marginTriplet', `expected margin ≥ 0, got ${margin}`);
  check(
    !semiHard || margin > 0,
    'marginTriplet',
    `expected margin > 0 with semiHard, got ${margin}: no negative would count`,
  );
  return tf.tidy(() => {
    // [n, m], by how much a negative is nearer than the positive
    const nearer = negatives.sub(positive.expandDims(1)) as tf.Tensor2D;
    const loss = nearer.add(margin).relu() as tf.Tensor2D;
    if (!semiHard) return loss.mean() as tf.Scalar;
    const fixed = stopGradient(nearer);
    return meanOfKept(loss, tf.logicalAnd(fixed.less(0), fixed.greater(-margin))).mean() as tf.Scalar;
  });
}
