// A convolution with torch's padding and with gradients that are fast on processors.

import {check} from '../check';
import {differentiable} from '../engine/differentiable';
import {bool, int, operation, text, type} from '../engine/operation';
import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import type {Module} from '../module';
import {addBias} from './bias';
import {type Initial, uniformFanIn} from './initial';

/** Options of {@link convolution}. */
export interface ConvolutionOptions {
  /** Height and width of the kernel, odd. @default 3 */
  kernel?: number;
  /** Step between outputs. @default 1 */
  stride?: number;
  /** Whether an offset is added. Before a BatchNorm it would do nothing. @default false */
  bias?: boolean;
  /** How the weight starts; a bias starts at 0. @default uniformFanIn */
  initial?: Initial;
}

/**
 * Parameters `weight` [kernel, kernel, inputs, outputs], as TensorFlow's kernels need it, and
 * `bias` [outputs]. Padded by (kernel − 1)/2 zeros on every side, as torch's models do: stride 2
 * halves an even size.
 *
 * @returns Module from [n, h, w, inputs] to [n, ⌈h/stride⌉, ⌈w/stride⌉, outputs].
 */
export function convolution(
  inputs: number,
  outputs: number,
  {kernel = 3, stride = 1, bias = false, initial = uniformFanIn}: ConvolutionOptions = {},
): Module<tf.Tensor4D, tf.Tensor4D> {
  check(kernel % 2 === 1, 'convolution', `expected an odd kernel, got ${kernel}`);
  const fans = {in: inputs * kernel ** 2, out: outputs * kernel ** 2};
  return {
    width: outputs,
    init: key =>
      tf.tidy(() => ({
        weight: initial(fold(key, 'weight'), [kernel, kernel, inputs, outputs], fans),
        ...(bias && {bias: tf.zeros([outputs])}),
      })),
    apply: (params, x) =>
      tf.tidy(() => {
        check(x.rank === 4 && x.shape[3] === inputs, 'convolution', `expected [n, h, w, ${inputs}], got [${x.shape}]`);
        const y = convolve(x, params.weight as tf.Tensor4D, stride);
        return bias ? addBias(y, params.bias as tf.Tensor1D) : y;
      }),
  };
}

/** The convolution itself. @param weight [kernel, kernel, inputs, outputs], of odd size. */
export function convolve(x: tf.Tensor4D, weight: tf.Tensor4D, stride = 1): tf.Tensor4D {
  if (stride === 1) return kernels({x, weight}, {stride, padding: 'SAME'})[0] as tf.Tensor4D;
  const p = (weight.shape[0] - 1) / 2; // by hand: SAME would pad an even size on the far side only
  return tf.tidy(() => {
    const padded =
      p > 0
        ? tf.pad(x, [
            [0, 0],
            [p, p],
            [p, p],
            [0, 0],
          ])
        : x;
    return kernels({x: padded, weight}, {stride, padding: 'VALID'})[0] as tf.Tensor4D;
  });
}

type Settings = {stride: number; padding: 'SAME' | 'VALID'};

const attributes = ({stride, padding}: Settings) => ({
  T: type('float32'),
  strides: int([1, stride, stride, 1]),
  padding: text(padding),
  data_format: text('NHWC'),
  dilations: int([1, 1, 1, 1]),
  use_cudnn_on_gpu: bool(true),
});

/** Every nth pixel of every nth row, from the first on. */
const everyNth = (x: tf.Tensor, n: number) => (n === 1 ? x : tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, n, n, 1]));

const kernels = differentiable<{x: tf.Tensor; weight: tf.Tensor}, Settings>('WorkbenchConvolution', {
  forward: ({x, weight}, settings) => [operation('Conv2D', attributes(settings), [x, weight])],
  saves: {inputs: ['x', 'weight']},
  gradients: (dy, [x, weight], settings) => ({
    x: () =>
      settings.stride === 1 && settings.padding === 'SAME'
        ? // The same convolution of dy with the kernel turned by half a circle: Conv2DBackpropInput
          // takes two to three times as long on some processors.
          operation('Conv2D', attributes(settings), [dy, tf.transpose(tf.reverse(weight!, [0, 1]), [0, 1, 3, 2])])
        : operation('Conv2DBackpropInput', attributes(settings), [tf.tensor1d(x!.shape, 'int32'), weight!, dy]),
    weight: () => {
      // oneDNN's AVX2 kernel for a 1 × 1 kernel with a stride writes past its memory where channels are no
      // multiple of 8: it is given the pixels that count, and no stride
      const [read, step] = weight!.shape[0] === 1 ? [everyNth(x!, settings.stride), 1] : [x!, settings.stride];
      const size = tf.tensor1d(weight!.shape, 'int32');
      return operation('Conv2DBackpropFilter', attributes({...settings, stride: step}), [read, size, dy]);
    },
  }),
});
