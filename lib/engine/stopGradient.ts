// Cuts the gradient tape: the same numbers, but nothing behind them is trained through this value.

import {tf} from './tf';

/** @returns A new tensor on the same data; the caller disposes it as any other. */
export function stopGradient<T extends tf.Tensor>(x: T): T {
  const engine = tf.engine();
  engine.backend.incRef(x.dataId);
  return engine.makeTensorFromTensorInfo({dataId: x.dataId, shape: x.shape, dtype: x.dtype}) as T;
}
