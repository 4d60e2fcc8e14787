// How similar anchors are to their positive and to their negatives: all that a contrastive loss needs to know.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

import {check} from '../check';
import {tf} from '../engine/tf';
import {unit} from './unit';
import {withoutColumn} from './withoutColumn';

/** Cosines of each of n anchors with its positive [n], and with each of its m negatives [n, m]. */
export type Similarities = {positive: tf.Tensor1D; negatives: tf.Tensor2D};

/** A loss of them at a temperature. */
export type SimilarityLoss = (similarities: Similarities, options: {temperature: tf.Scalar}) => tf.Scalar;

/** A loss of both views' projections [2n, d], rows i and i + n of one image, at a temperature. */
export type PairLoss = (projection: tf.Tensor2D, options: {temperature: tf.Scalar}) => tf.Scalar;

/**
 * The cosines of a batch of two views: each view is an anchor, the image's other view its positive, all views of other images its negatives.
 *
 * @param z Projections [2n, d], n ≥ 2; rows i and i + n are the two views of image i. Any length: normalised here.
 * @param candidates What anchors are compared with, the same rows: with its gradient cut, anchors alone are pulled and pushed. @default z
 * @returns Of 2n anchors in the order of the rows, with m = 2n − 2 negatives each: first views, then second views. Gradients flow.
 * @throws RangeError when the number of rows is odd or below 4, or the candidates' shape is another one.
 */
export function pairSimilarities(z: tf.Tensor2D, candidates: tf.Tensor2D = z): Similarities {
  const [rows] = z.shape;
  check(rows % 2 === 0 && rows >= 4, 'pairSimilarities', `expected two views each of at least 2 images, got [${z.shape}]`);
  check(`${candidates.shape}` === `${z.shape}`, 'pairSimilarities', `expected candidates [${z.shape}], got [${candidates.shape}]`);
  const n = rows / 2;
  return tf.tidy(() => {
    const u = unit(z);                                                                                      // [2n, d]
    const c = candidates === z ? u : unit(candidates);
    const [c1, c2] = tf.split(c, 2) as [tf.Tensor2D, tf.Tensor2D];                                          // [n, d] each
    const cosine = tf.matMul<tf.Tensor2D>(u, c, false, true);                                               // [2n, 2n]
    const own = tf.range(0, n, 1, 'int32');
    const others = (i: number, j: number) => withoutColumn(cosine.slice([i * n, j * n], [n, n]), own);      // [n, n − 1]
    return {
      positive: u.mul(tf.concat([c2, c1])).sum(1) as tf.Tensor1D,                                           // [2n]
      negatives: tf.concat([0, 1].map(i => tf.concat([others(i, 0), others(i, 1)], 1))) as tf.Tensor2D,     // [2n, 2n − 2]
    };
  });
}

/** @throws RangeError unless there are as many anchors in both, at least one, and at least one negative. */
export function checkSimilarities(caller: string, {positive, negatives}: Similarities): void {
  const [n, m] = negatives.shape;
  check(positive.rank === 1 && negatives.rank === 2 && positive.shape[0] === n && n >= 1 && m >= 1, caller,
    `expected similarities with positives [n] and negatives [n, m], n and m ≥ 1, got [${positive.shape}] and [${negatives.shape}]`);
}
