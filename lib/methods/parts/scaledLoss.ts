// A method with its loss as the paper writes it, where the shared code takes the mean.

import type {tf} from '../../engine/tf';
import type {Method, Params} from '../../module';

/** Options of {@link scaledLoss}. */
export interface ScaledLossOptions {
  factor: number;
  /** @default 0 */
  offset?: number;
}

/**
 * The same method with factor · loss + offset. The minimum stays where it is. AdamW trains alike;
 * SGD takes steps that are `factor` times as long, and so does LARS for biases and BatchNorm, which
 * it does not adapt.
 */
export function scaledLoss<Batch, P extends Params, S extends Params, O extends Params>(
  method: Method<Batch, P, S, O>,
  {factor, offset = 0}: ScaledLossOptions,
): Method<Batch, P, S, O> {
  return {
    ...method,
    loss(...given) {
      const {loss, outputs} = method.loss(...given);
      return {loss: loss.mul(factor).add(offset) as tf.Scalar, outputs};
    },
  };
}
