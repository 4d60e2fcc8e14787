// LiDAR: in how many directions an encoder tells images apart beyond what augmentation changes,
// without labels. Thilak et al. 2024, "LiDAR: Sensing Linear Probing Performance in Joint Embedding
// SSL Architectures", arXiv:2312.04000.

import {check} from '../check';
import {bool, operations, type} from '../engine/operation';
import {tf} from '../engine/tf';

/** Share of the mean square that float32 cannot tell from means that are all the same. */
const ROUNDING = 1e-12;

/** Options of {@link lidar}. */
export interface LidarOptions {
  /**
   * δ > 0, added to the diagonal of the within-class covariance, in the squared unit of the
   * embeddings.
   * @default 1e-4
   */
  delta?: number;
}

/**
 * exp of the entropy of the eigenvalues' shares, p = λ / Σλ, of Σw^−½ Σb Σw^−½: Σb the covariance
 * of the images' means, Σw that of the views round their image's mean, plus δI. Where nothing but
 * augmentation spreads the embeddings, noise of the means decides, so that compare runs at the same
 * n and q.
 *
 * @param z Embeddings [n, q, d] of q ≥ 2 augmented views of each of n > d images (the paper takes n
 * = 1000, q = 50). As they stand: not row-normalized.
 * @returns Scalar from 1 (images differ in one direction) to d (in all alike); 0 when all images
 * have the same mean. No gradient flows.
 * @throws RangeError when q < 2; when n ≤ d, for the number of images would bound the rank; δ ≤ 0.
 * @see Thilak et al. 2024, eq. 1 to 5; rbalestr-lab/stable-pretraining, lidar.py, whose δ is the
 * default here.
 */
export function lidar(z: tf.Tensor3D, {delta = 1e-4}: LidarOptions = {}): tf.Scalar {
  const [n, q, d] = z.shape;
  check(q >= 2, 'lidar', `expected at least 2 views of an image, got [${z.shape}]`);
  check(n > d, 'lidar', `expected more images than dimensions, ${d}, got ${n}`);
  check(delta > 0, 'lidar', `expected delta > 0, got ${delta}`);
  return tf.tidy(() => {
    const means = z.mean(1, true); // [n, 1, d]
    const between = scatter(means.sub(means.mean(0))).div(n - 1); // Σb, [d, d]
    const within = scatter(z.sub(means)).div<tf.Tensor2D>(n * (q - 1)); // Σw without δ
    const [variances, axes] = eigen(within);
    // columns over roots: Σw^−½ up to a rotation, which leaves λ as it is
    const whiten = axes.div<tf.Tensor2D>(variances.relu().add(delta).sqrt());
    const lambda = eigen(tf.matMul(whiten, tf.matMul(between, whiten), true))[0].relu();
    const p = tf.divNoNan(lambda, lambda.sum()); // [d]
    const differ = means.sub(means.mean(0)).square().sum().greater(z.square().sum().div(q).mul(ROUNDING));
    return p.mul(p.maximum(1e-30).log()).sum().neg().exp().mul(differ) as tf.Scalar;
  });
}

/** Sum of the outer products of all rows: [d, d]. */
function scatter(rows: tf.Tensor): tf.Tensor2D {
  const all = rows.reshape([-1, rows.shape.at(-1)!]) as tf.Tensor2D;
  return tf.matMul(all, all, true);
}

/** Eigenvalues [d], smallest first, and eigenvectors in columns of a symmetric matrix. */
function eigen(symmetric: tf.Tensor2D): [tf.Tensor1D, tf.Tensor2D] {
  return operations('SelfAdjointEigV2', {compute_v: bool(true), T: type('float32')}, [symmetric], 2) as [
    tf.Tensor1D,
    tf.Tensor2D,
  ];
}
