// Which negatives of each anchor are the nearest: hard negative sampling by their similarity.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {check, whole} from '../check';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';

/**
 * How many negatives count, by one of two options. Either must fit the number m of negatives: the
 * paper's α = .0819 on CIFAR-10 is its 4,095 nearest of 50,000 in the bank (the authors' code,
 * WangFeng18/UnsupervisedLearningCodes, takes the 4,096 nearest entries, the image's own among
 * them); of the 510 negatives in a batch of 256 pairs the same share is 42, while K = 4,095 would
 * be more than there are. For other data sets the paper prints shares that are not 4,095 of them
 * (.0315 on SVHN, whose 73,257 images would need .0559): compare by K.
 */
export interface NearestNegativesOptions {
  /** K, from 1 to m. */
  nearest?: number;
  /**
   * α, above 0 and up to 1: the negatives at or above the upper α-quantile of each anchor's
   * negatives, the nearest α·m of them (rounded, at least one).
   * @default 0.0819
   */
  share?: number;
}

/** 4,095 of CIFAR-10's 50,000. */
const SHARE = 0.0819;

/**
 * Marks the nearest negatives of each anchor. All that are as near as the last one count, too. No
 * gradient flows through the choice.
 *
 * @param caller Public function that chooses: stands first in messages.
 * @param negatives Cosines [n, m].
 * @returns Bool [n, m]: true for what counts.
 * @throws RangeError when both options are given, K is not from 1 to m, or α not above 0 and up to
 * 1.
 */
export function nearestNegatives(
  caller: string,
  negatives: tf.Tensor2D,
  {nearest, share}: NearestNegativesOptions,
): tf.Tensor2D {
  const [, m] = negatives.shape;
  check(
    nearest === undefined || share === undefined,
    caller,
    `expected nearest or share, got both, ${nearest} and ${share}`,
  );
  check(share === undefined || (share > 0 && share <= 1), caller, `expected share above 0 and up to 1, got ${share}`);
  const k = nearest ?? Math.max(1, Math.round((share ?? SHARE) * m));
  whole(caller, 'nearest', k);
  check(
    k <= m,
    caller,
    `expected nearest to be at most ${m}, the number of negatives, got ${nearest}: the bank is smaller than K`,
  );
  return tf.tidy(() => {
    const s = stopGradient(negatives);
    const threshold = tf.topk(s, k).values.slice([0, k - 1], [-1, 1]); // [n, 1], the K-th largest
    return s.greaterEqual(threshold) as tf.Tensor2D;
  });
}
