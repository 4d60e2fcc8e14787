// A matrix product and an offset.

import {check} from '../check';
import {differentiable} from '../engine/differentiable';
import {bool, operation, type} from '../engine/operation';
import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import type {Module} from '../module';
import {addBias} from './bias';
import {type Initial, uniformFanIn} from './initial';

/** Options of {@link linear}. */
export interface LinearOptions {
  /** Whether an offset is added. @default true */
  bias?: boolean;
  /**
   * How the weight starts. With torch's rule the bias starts even in ±1/√inputs too, with any other
   * at 0.
   * @default uniformFanIn
   */
  initial?: Initial;
}

/**
 * Parameters `weight` [outputs, inputs], as in torch, and `bias` [outputs].
 *
 * @returns Module from [n, inputs] to [n, outputs], or from tokens [n, l, inputs] to [n, l,
 * outputs].
 */
export function linear<X extends tf.Tensor2D | tf.Tensor3D = tf.Tensor2D>(
  inputs: number,
  outputs: number,
  {bias = true, initial = uniformFanIn}: LinearOptions = {},
): Module<X, X> {
  check(
    inputs >= 1 && outputs >= 1,
    'linear',
    `expected at least one input and one output, got ${inputs} and ${outputs}`,
  );
  const fans = {in: inputs, out: outputs};
  return {
    width: outputs,
    init: key =>
      tf.tidy(() => ({
        weight: initial(fold(key, 'weight'), [outputs, inputs], fans),
        ...(bias && {
          bias: initial === uniformFanIn ? initial(fold(key, 'bias'), [outputs], fans) : tf.zeros([outputs]),
        }),
      })),
    apply: (params, x) =>
      tf.tidy(() => {
        check(x.shape.at(-1) === inputs, 'linear', `expected ${inputs} values last, got [${x.shape}]`);
        // [rows, outputs]
        const [y] = product({x: x.reshape([-1, inputs]), weight: params.weight as tf.Tensor2D}, {});
        return (bias ? addBias(y!, params.bias as tf.Tensor1D) : y!).reshape([...x.shape.slice(0, -1), outputs]) as X;
      }),
  };
}

const matMul = (a: tf.Tensor, b: tf.Tensor, {ofA = false, ofB = false} = {}) =>
  operation('MatMul', {T: type('float32'), transpose_a: bool(ofA), transpose_b: bool(ofB)}, [a, b]);

/**
 * x times the transposed weight: with TensorFlow's product of two matrices in place of tfjs's of
 * batches of them.
 */
const product = differentiable<{x: tf.Tensor; weight: tf.Tensor}>('WorkbenchLinear', {
  forward: ({x, weight}) => [matMul(x, weight, {ofB: true})],
  saves: {inputs: ['x', 'weight']},
  gradients: (dy, [x, weight]) => ({x: () => matMul(dy, weight!), weight: () => matMul(dy, x!, {ofA: true})}),
});
