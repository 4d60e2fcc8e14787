// A matrix product and an offset.

import {check} from '../check';
import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import type {Module} from '../module';
import {type Initial, uniformFanIn} from './initial';

export interface LinearOptions {
  /** Whether an offset is added. @default true */
  bias?: boolean;
  /** How the weight starts. With torch's rule the bias starts even in ±1/√inputs too, with any other at 0. @default uniformFanIn */
  initial?: Initial;
}

/**
 * Parameters `weight` [outputs, inputs], as in torch, and `bias` [outputs].
 *
 * @returns Module from [n, inputs] to [n, outputs].
 */
export function linear(inputs: number, outputs: number, {bias = true, initial = uniformFanIn}: LinearOptions = {}): Module<tf.Tensor2D, tf.Tensor2D> {
  check(inputs >= 1 && outputs >= 1, 'linear', `expected at least one input and one output, got ${inputs} and ${outputs}`);
  const fans = {in: inputs, out: outputs};
  return {
    width: outputs,
    init: key => tf.tidy(() => ({
      weight: initial(fold(key, 'weight'), [outputs, inputs], fans),
      ...(bias && {bias: initial === uniformFanIn ? initial(fold(key, 'bias'), [outputs], fans) : tf.zeros([outputs])}),
    })),
    apply: (params, x) => tf.tidy(() => {
      check(x.shape[1] === inputs, 'linear', `expected [n, ${inputs}], got [${x.shape}]`);
      const y = tf.matMul(x, params.weight as tf.Tensor2D, false, true);
      return (bias ? y.add(params.bias as tf.Tensor1D) : y) as tf.Tensor2D;
    }),
  };
}
