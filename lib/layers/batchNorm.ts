// Batch normalization: each channel gets mean 0 and variance 1 over the batch, then a scale and an
// offset that are learned. Ioffe & Szegedy 2015, "Batch Normalization: Accelerating Deep Network
// Training by Reducing Internal Covariate Shift", arXiv:1502.03167.

import {check} from '../check';
import {differentiable} from '../engine/differentiable';
import {bool, float, operation, operations, text, type} from '../engine/operation';
import {stopGradient} from '../engine/stopGradient';
import {tf} from '../engine/tf';
import type {Module, Params} from '../module';

/** Options of {@link batchNorm}. */
export interface BatchNormOptions {
  /** Whether scale and offset are learned. @default true */
  affine?: boolean;
  /** What the scale starts at; 0 makes a residual block start as the identity. @default 1 */
  scale?: number;
}

const epsilon = 1e-5; // torch's

/**
 * The share of their length by which rows [n, width] may differ and count as alike: 64 roundings of
 * float32; 3 are seen behind ResNet-18. Kernels round a row by its place in the batch. 1/√ε = 316
 * times that, one layer after another, and a loss that normalizes lengths would see features where
 * there are none.
 */
const ROUNDING = 2 ** -18;

/**
 * Parameters `weight` and `bias` [width]. Without `mode.statistics` the batch's own mean and
 * (biased) variance normalize; with them `running_mean` and `running_var`, found there at this
 * place.
 *
 * @returns Module from [n, width] or [n, h, w, width] to the same shape. A constant channel becomes
 * `bias`; so do all channels of rows [n, width] that differ by rounding alone, where gradients stay
 * those of the normalization.
 */
export function batchNorm<X extends tf.Tensor2D | tf.Tensor4D = tf.Tensor4D>(
  width: number,
  {affine = true, scale = 1}: BatchNormOptions = {},
): Module<X, X> {
  return {
    width,
    init: (): Params => (affine ? {weight: tf.fill([width], scale), bias: tf.zeros([width])} : {}),
    apply: (params, x, {statistics, collect}) =>
      tf.tidy(() => {
        check(x.shape.at(-1) === width, 'batchNorm', `expected ${width} channels last, got [${x.shape}]`);
        const weight = (affine ? params.weight : tf.ones([width])) as tf.Tensor1D;
        const bias = (affine ? params.bias : tf.zeros([width])) as tf.Tensor1D;
        if (statistics) {
          const {running_mean: mean, running_var: variance} = statistics;
          check(
            mean instanceof tf.Tensor && variance instanceof tf.Tensor,
            'batchNorm',
            'expected running_mean and running_var in mode.statistics, got none here: measure the statistics of ' +
              'this model',
          );
          const factor = weight.mul(tf.rsqrt(variance.add(epsilon)));
          return x.mul(factor).add(bias.sub(mean.mul(factor))) as X;
        }
        const rows = x.size / width;
        check(
          rows > 1,
          'batchNorm',
          `expected more than one value a channel, got [${x.shape}]: the batch is too small`,
        );
        const [y, mean, variance] = normalize(
          {x: x.rank === 2 ? x.reshape([rows, 1, 1, width]) : x, weight, bias},
          {vectors: x.rank === 2},
        );
        // the kernel's variance is the unbiased one
        collect?.('', stopGradient(mean as tf.Tensor1D), stopGradient(variance!.mul((rows - 1) / rows) as tf.Tensor1D));
        return y!.reshape(x.shape) as X;
      }),
  };
}

const attributes = () => ({
  T: type('float32'),
  U: type('float32'),
  epsilon: float(epsilon),
  data_format: text('NHWC'),
  is_training: bool(true),
});

// TensorFlow's fused kernels: on images, forward and backward, three to six times as fast as the
// same in single operations, inside a graph and outside; on rows [512, 128] slower by 0.05 ms.
const normalize = differentiable<{x: tf.Tensor; weight: tf.Tensor; bias: tf.Tensor}, {vectors: boolean}>(
  'WorkbenchBatchNorm',
  {
    forward({x, weight, bias}, {vectors}) {
      const [y, mean, variance, ...others] = operations(
        'FusedBatchNormV3',
        {...attributes(), exponential_avg_factor: float(1)},
        [x, weight, bias, tf.tensor1d([]), tf.tensor1d([])],
        6,
      );
      // images: the border alone makes their channels vary
      if (!vectors) return [y!, mean!, variance!, ...others];
      const alike = variance!.sum().lessEqual(
        mean!
          .square()
          .sum()
          .mul(ROUNDING ** 2),
      );
      return [operation('SelectV2', {T: type('float32')}, [alike, bias, y!]), mean!, variance!, ...others];
    },
    saves: {inputs: ['x', 'weight'], outputs: [3, 4, 5]},
    gradients(dy, [x, weight, ...reserved]) {
      const [dx, dWeight, dBias] = operations('FusedBatchNormGradV3', attributes(), [dy, x!, weight!, ...reserved], 5);
      return {x: () => dx!, weight: () => dWeight!, bias: () => dBias!};
    },
  },
);
