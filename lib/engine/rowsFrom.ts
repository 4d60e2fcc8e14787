// Takes rows that follow one another, from a place that may be a tensor, as in a recorded step.

import {operation, type, type ElementType} from './operation';
import {tf} from './tf';

/**
 * `size` rows of x from row `start` on; nothing is copied where the device allows it. No gradient
 * flows through.
 *
 * @param start int32, from 0 to n − size.
 */
export function rowsFrom<T extends tf.Tensor>(x: T, start: tf.Scalar, size: number): T {
  return tf.tidy(() => {
    const begin = tf.concat([start.reshape([1]), tf.zeros([x.rank - 1], 'int32')]);
    return operation('Slice', {T: type(x.dtype as ElementType), Index: type('int32')}, [
      x,
      begin,
      tf.tensor1d([size, ...x.shape.slice(1)], 'int32'),
    ]) as T;
  });
}
