// NT-Xent, the loss of SimCLR: pick an image's other view out of the batch.
// Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
// arXiv:2002.05709.

import {check} from '../check';
import {tf} from '../engine/tf';
import {checkTemperature, type Temperature} from './temperature';
import {unit} from '../layers/unit';

/** Options of {@link ntXent}. */
export interface NtXentOptions {
  /**
   * τ > 0 divides the cosine similarities; a small τ weighs the nearest negatives. No unit.
   * @default 0.5
   */
  temperature?: Temperature;
}

/**
 * NT-Xent: cross-entropy of picking an image's other view among the 2n − 1 other views of the
 * batch.
 *
 * @param z Projections [2n, d], n ≥ 2; rows i and i + n are the two views of image i. Any length:
 * normalized here.
 * @returns Mean over the 2n views, in nats. Views that are all alike give log(2n − 1).
 * @throws RangeError when the number of rows is odd or below 4, or τ ≤ 0.
 * @see Chen et al. 2020, eq. 1. Their code (google-research/simclr, objective.py) adds the two
 * halves: twice this value.
 *
 * @example
 * ```ts
 * import {ntXent, tf} from 'ssl-workbench';
 * const first = tf.randomNormal([8, 16]);
 * const second = first.add(tf.randomNormal([8, 16], 0, 0.1));
 * const loss = ntXent(tf.concat([first, second]) as tf.Tensor2D, {temperature: 0.5});
 * console.log(loss.dataSync()[0]); // below log 15
 * ```
 */
export function ntXent(z: tf.Tensor2D, {temperature = 0.5}: NtXentOptions = {}): tf.Scalar {
  const [rows] = z.shape;
  check(rows % 2 === 0 && rows >= 4, 'ntXent', `expected two views each of at least 2 images, got [${z.shape}]`);
  checkTemperature('ntXent', temperature);
  return tf.tidy(() => {
    const u = unit(z); // [2n, d], unit rows; a zero row stays zero
    const [u1, u2] = tf.split(u, 2) as [tf.Tensor2D, tf.Tensor2D]; // [n, d] each
    const image = tf.range(0, rows).mod(rows / 2);
    // views of one image are no negatives
    const own = tf.equal(image, image.expandDims(1)).mul(tf.scalar(1e9));
    const negatives = tf.matMul(u, u, false, true).div(temperature).sub(own).logSumExp(1); // [2n]
    const positive = u1.mul(u2).sum(1).div(temperature).tile([2]); // [2n]
    // log(e^p + Σ e^s) − p keeps its digits where it is near 0
    return tf.softplus(negatives.sub(positive)).mean() as tf.Scalar;
  });
}
