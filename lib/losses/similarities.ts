// How similar anchors are to their positive and to their negatives: all that a contrastive loss
// needs to know. Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss",
// arXiv:2012.09740.

import {check} from '../check';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';
import {withoutColumn} from './withoutColumn';

/** Cosines of each of n anchors with its positive [n], and with each of its m negatives [n, m]. */
export type Similarities = {positive: tf.Tensor1D; negatives: tf.Tensor2D};

/** A loss of them at a temperature. */
export type SimilarityLoss = (similarities: Similarities, options: {temperature: tf.Scalar}) => tf.Scalar;

/** A loss of both views' projections [2n, d], rows i and i + n of one image, at a temperature. */
export type PairLoss = (projection: tf.Tensor2D, options: {temperature: tf.Scalar}) => tf.Scalar;

/**
 * Which views an anchor's positive is picked from: all others of the batch (SimCLR), or each
 * image's other view only (MoCo v3).
 */
export type Among = 'bothViews' | 'otherView';

/** Options of {@link pairSimilarities}. */
export interface PairSimilaritiesOptions {
  /**
   * What the anchors are compared with, in the same order: a teacher's projections for example.
   * @default z
   */
  targets?: tf.Tensor2D;
  /** @default 'bothViews' */
  among?: Among;
}

/**
 * The cosines of a batch of two views: each view is an anchor, the image's other view its positive,
 * views of other images its negatives.
 *
 * @param z Projections [2n, d], n ≥ 2; rows i and i + n are the two views of image i. Any length:
 * normalized here.
 * @returns Of 2n anchors in the order of the rows: first views, then second views; with 2n − 2
 * negatives each, or n − 1 among the other views. Gradients flow, into the targets too.
 * @throws RangeError when the number of rows is odd or below 4, or the targets have another shape.
 */
export function pairSimilarities(
  z: tf.Tensor2D,
  {targets = z, among = 'bothViews'}: PairSimilaritiesOptions = {},
): Similarities {
  const [rows] = z.shape;
  check(
    rows % 2 === 0 && rows >= 4,
    'pairSimilarities',
    `expected two views each of at least 2 images, got [${z.shape}]`,
  );
  check(
    among === 'bothViews' || among === 'otherView',
    'pairSimilarities',
    `expected among 'bothViews' or 'otherView', got '${among as string}'`,
  );
  check(
    `${targets.shape}` === `${z.shape}`,
    'pairSimilarities',
    `expected targets as the anchors, [${z.shape}], got [${targets.shape}]`,
  );
  return tf.tidy(() => {
    const u = unit(z);
    const v = targets === z ? u : unit(targets);
    const [anchors, candidates] = [u, v].map(side => tf.split(side, 2) as [tf.Tensor2D, tf.Tensor2D]) as [
      [tf.Tensor2D, tf.Tensor2D],
      [tf.Tensor2D, tf.Tensor2D],
    ]; // [n, d] each
    const own = tf.range(0, rows / 2, 1, 'int32');
    // [n, n − 1]
    const others = (i: 0 | 1, j: 0 | 1) => withoutColumn(tf.matMul(anchors[i], candidates[j], false, true), own);
    return {
      // [2n]
      positive: tf.concat([anchors[0].mul(candidates[1]).sum(1), anchors[1].mul(candidates[0]).sum(1)]) as tf.Tensor1D,
      negatives:
        among === 'otherView'
          ? tf.concat([others(0, 1), others(1, 0)]) // [2n, n − 1]
          : // [2n, 2n − 2]
            tf.concat(([0, 1] as const).map(i => tf.concat([others(i, 0), others(i, 1)], 1))),
    };
  });
}

/**
 * @throws RangeError unless there are as many anchors in both, at least one, and at least one
 * negative.
 */
export function checkSimilarities(caller: string, {positive, negatives}: Similarities): void {
  const [n, m] = negatives.shape;
  check(
    positive.rank === 1 && negatives.rank === 2 && positive.shape[0] === n && n >= 1 && m >= 1,
    caller,
    `expected similarities with positives [n] and negatives [n, m], n and m ≥ 1, got [${positive.shape}] ` +
      `and [${negatives.shape}]`,
  );
}
