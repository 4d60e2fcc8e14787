// Compares a gradient with finite differences.

import {tf} from '../lib/engine/tf';
import {close} from './close';

/**
 * The gradient of f by x at some places must be its slope there.
 *
 * @param f A smooth function; what is added up into the slope is dy·f(x).
 * @param at Places in x, row by row.
 */
export function slopes(
  f: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  at: number[],
  {step = 1e-2, tolerance = 1e-3} = {},
): void {
  tf.tidy(() => {
    const values = x.dataSync();
    const dy = tf.cos(tf.range(0, f(x).size)).reshape(f(x).shape);
    const gradient = tf.grad(f)(x, dy).dataSync();
    for (const i of at) {
      const moved = (by: number) =>
        f(
          tf.tensor(
            values.map((value, j) => (j === i ? value + by : value)),
            x.shape,
          ),
        )
          .mul(dy)
          .sum()
          .dataSync()[0]!;
      close([gradient[i]!], [(moved(step) - moved(-step)) / (2 * step)], tolerance);
    }
  });
}
