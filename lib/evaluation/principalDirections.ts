// The directions in which features vary most, by a randomized subspace iteration.
// Halko, Martinsson & Tropp 2011, "Finding Structure with Randomness", arXiv:0909.4061.

import {bool, operations, type} from '../engine/operation';
import {key, normal} from '../engine/random';
import {tf} from '../engine/tf';
import {macrotask} from '../macrotask';

/** Multiplications by the second moments that sharpen the subspace. */
const ROUNDS = 2;

/** Options of {@link principalDirections}. */
export interface PrincipalDirectionsOptions {
  /** Samples that are looked at, evenly spaced: more cost time and change little. @default 4096 */
  samples?: number;
  signal?: AbortSignal;
}

/** The caller disposes `directions`. */
export type PrincipalDirections = {
  /** [d, r] orthonormal columns. */
  directions: tf.Tensor2D;
  /** [r] second moment along each, ascending. */
  moments: Float32Array;
  /** Mean second moment in what is left of the space; 0 when r = d. */
  rest: number;
};

/**
 * Eigenvectors of Xᵀ X / n for the r largest eigenvalues: exact for r = d where all samples are
 * looked at, else approximate. Nothing is centered. Works in pieces.
 *
 * @param features X [n, d].
 * @param r From 1 to d.
 */
export async function principalDirections(
  features: tf.Tensor2D,
  r: number,
  {samples = 4096, signal}: PrincipalDirectionsOptions = {},
): Promise<PrincipalDirections> {
  const stride = Math.ceil(features.shape[0] / samples);
  const [x, trace] = tf.tidy(() => {
    const rows = (
      stride === 1 ? features.clone() : features.stridedSlice([0, 0], features.shape, [stride, 1])
    ) as tf.Tensor2D;
    return [rows, rows.square().sum().div(rows.shape[0])];
  });
  const [n, d] = x.shape;
  let basis = tf.tidy(() => orthonormal(normal(key(0), [d, r])));
  try {
    for (let round = 0; round < ROUNDS && r < d; round++) {
      await macrotask(signal);
      const next = tf.tidy(() => orthonormal(tf.matMul(x, tf.matMul(x, basis), true)));
      basis.dispose();
      basis = next;
    }
    await macrotask(signal);
    const [moments, directions] = tf.tidy(() => {
      const inside = tf.matMul(x, basis); // [n, r]
      const [values, vectors] = operations(
        'SelfAdjointEigV2',
        {compute_v: bool(true), T: type('float32')},
        [tf.matMul(inside, inside, true).div(n)],
        2,
      );
      return [values!.relu(), tf.matMul(basis, vectors as tf.Tensor2D)];
    });
    const found = {directions, moments: moments.dataSync() as Float32Array};
    moments.dispose();
    return {
      ...found,
      rest: r < d ? Math.max(0, trace.dataSync()[0] - found.moments.reduce((a, b) => a + b, 0)) / (d - r) : 0,
    };
  } finally {
    tf.dispose([x, trace, basis]);
  }
}

/** Orthonormal columns of the same span. */
function orthonormal(columns: tf.Tensor2D): tf.Tensor2D {
  return operations('Qr', {full_matrices: bool(false), T: type('float32')}, [columns], 2)[0] as tf.Tensor2D;
}
