// Samples of several classes round their centers, the same as in classes.py.

import {tf} from '../../lib/engine/tf';
import {hashed} from './hashed';

/** Features [n, d] and labels i mod k; the centers are the same for every name. */
export function classes(name: string, n: number, d: number, k: number): {features: tf.Tensor2D; labels: Int32Array} {
  const [centers, noise] = [hashed('centres', [k, d]), hashed(name, [n, d], 1.4)];
  const labels = Int32Array.from({length: n}, (_, i) => i % k);
  return {
    features: tf.tensor2d(
      noise.map((value, i) => value + centers[labels[Math.floor(i / d)]! * d + (i % d)]!),
      [n, d],
    ),
    labels,
  };
}
