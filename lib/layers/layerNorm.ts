// Layer normalization: each token gets mean 0 and variance 1 over its channels, then a scale and an
// offset that are learned. Ba et al. 2016, "Layer Normalization", arXiv:1607.06450.

import {check} from '../check';
import {differentiable} from '../engine/differentiable';
import {bool, operation, type} from '../engine/operation';
import {tf} from '../engine/tf';
import type {Module} from '../module';

/** Options of {@link layerNorm}. */
export interface LayerNormOptions {
  /**
   * Added to the variance.
   * @default 1e-6, that of timm's transformers; torch's own default is 1e-5
   */
  epsilon?: number;
}

/**
 * Parameters `weight` and `bias` [width].
 *
 * @returns Module from [n, width] or [n, l, width] to the same shape. A constant token becomes
 * `bias`.
 */
export function layerNorm<X extends tf.Tensor2D | tf.Tensor3D = tf.Tensor3D>(
  width: number,
  {epsilon = 1e-6}: LayerNormOptions = {},
): Module<X, X> {
  return {
    width,
    init: () => ({weight: tf.ones([width]), bias: tf.zeros([width])}),
    apply: ({weight, bias}, x) =>
      tf.tidy(() => {
        check(x.shape.at(-1) === width, 'layerNorm', `expected ${width} channels last, got [${x.shape}]`);
        const [y] = normalize(
          {x: x.reshape([-1, width]), weight: weight as tf.Tensor1D, bias: bias as tf.Tensor1D},
          {epsilon},
        );
        return y!.reshape(x.shape) as X;
      }),
  };
}

// In a graph, forward and backward, 17 % faster than with tfjs's own gradient ([4096, 192]).
const normalize = differentiable<{x: tf.Tensor; weight: tf.Tensor; bias: tf.Tensor}, {epsilon: number}>(
  'WorkbenchLayerNorm',
  {
    forward({x, weight, bias}, {epsilon}) {
      const centered = x.sub(x.mean(1, true)); // [rows, width]
      const inverse = centered.square().mean(1, true).add(epsilon).rsqrt(); // [rows, 1], 1/σ
      const unit = centered.mul(inverse);
      return [unit.mul(weight).add(bias), unit, inverse];
    },
    saves: {inputs: ['weight'], outputs: [1, 2]},
    gradients(dy, [weight, unit, inverse]) {
      const product = dy.mul(unit!);
      return {
        x() {
          // what dy·weight has beyond its own mean and its share along `unit`, by 1/σ
          const d = dy.mul(weight!);
          const width = weight!.size;
          const share = operation('MatMul', {T: type('float32'), transpose_a: bool(false), transpose_b: bool(false)}, [
            product,
            weight!.reshape([width, 1]),
          ]).div(width); // [rows, 1]
          return d.sub(d.mean(1, true)).sub(unit!.mul(share)).mul(inverse!);
        },
        weight: () => product.sum(0),
        bias: () => dy.sum(0),
      };
    },
  },
);
