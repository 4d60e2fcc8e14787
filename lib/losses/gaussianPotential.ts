// How crowded points lie on the unit sphere: the second half of Wang & Isola's loss, and what
// `uniformity` measures with the opposite sign. Wang & Isola 2020, "Understanding Contrastive
// Representation Learning through Alignment and Uniformity on the Hypersphere", arXiv:2005.10242.

import {tf} from '../engine/tf';
import {unit} from '../layers/unit';

/** Similarities that are held at once. */
const HELD = 4.2e6;

/**
 * @param z [n, d], n ≥ 2, any length.
 * @param t Sharpness of the Gaussian kernel, above 0.
 * @returns log of the mean of exp(−t ‖x − y‖²) over all pairs of different rows, in nats: 0 when
 * all are alike, else below.
 */
export function gaussianPotential(z: tf.Tensor2D, t: number): tf.Scalar {
  const [n] = z.shape;
  return tf.tidy(() => {
    const u = unit(z);
    const rows = Math.max(1, Math.floor(HELD / n));
    const sums = Array.from({length: Math.ceil(n / rows)}, (_, i) =>
      tf.tidy(() => {
        const [start, end] = [i * rows, Math.min((i + 1) * rows, n)];
        // a sample is no pair with itself
        const self = tf.oneHot(tf.range(start, end, 1, 'int32'), n).mul(1e9);
        // [rows, n]; ‖x − y‖² = 2 − 2 cosine
        const cosine = tf.matMul(u.slice([start, 0], [end - start, -1]), u, false, true);
        return cosine
          .sub(1)
          .mul(2 * t)
          .sub(self)
          .logSumExp();
      }),
    );
    return tf
      .stack(sums)
      .logSumExp()
      .sub(Math.log(n * (n - 1))) as tf.Scalar;
  });
}
