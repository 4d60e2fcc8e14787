// Takes each row from one of two tensors: whole rows are copied, which is several times faster than
// a choice by element.

import {operation, type} from './operation';
import type {tf} from './tf';

/**
 * Row i of `yes` where `condition[i]` holds, else row i of `no`. No gradient flows through.
 *
 * @param condition [n] bool.
 * @param yes [n, …] float32.
 * @param no Shape of `yes`.
 */
export function chooseRows<T extends tf.Tensor>(condition: tf.Tensor1D, yes: T, no: T): T {
  return operation('Select', {T: type('float32')}, [condition, yes, no]) as T;
}
