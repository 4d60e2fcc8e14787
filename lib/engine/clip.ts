// Limits values to a range in one pass over memory: tfjs's own clipByValue makes two.

import {operation, type} from './operation';
import {tf} from './tf';

/**
 * Values below `minimum` become `minimum`, values above `maximum` become `maximum`. No gradient
 * flows through.
 */
export function clip<T extends tf.Tensor>(x: T, minimum = 0, maximum = 1): T {
  return tf.tidy(
    () => operation('ClipByValue', {T: type('float32')}, [x, tf.scalar(minimum), tf.scalar(maximum)]) as T,
  );
}
