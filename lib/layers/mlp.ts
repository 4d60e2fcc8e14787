// Linear layers with BatchNorm and ReLU or GELU between them: projectors and predictors.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Module} from '../module';
import {batchNorm} from './batchNorm';
import {type Initial, uniformFanIn} from './initial';
import {linear} from './linear';
import {initialParts, run} from './parts';
import {relu} from './relu';

/** Options of {@link mlp}. */
export interface MlpOptions {
  /** BatchNorm between each linear and its ReLU. @default true */
  batchNorm?: boolean;
  /** What follows each layer but the last. @default relu */
  activation?: (x: tf.Tensor2D) => tf.Tensor2D;
  /**
   * What follows the last matrix product: an offset; a BatchNorm (SimCLR's code); one without scale
   * and offset of its own (SimSiam, MoCo v3); nothing.
   * @default 'bias'
   */
  last?: 'bias' | 'batchNorm' | 'plainBatchNorm' | 'nothing';
  /** How the weights start. @default uniformFanIn */
  initial?: Initial;
}

/** Layers from [n, first] to [n, last], which can be left half-way. */
export interface Mlp extends Module<tf.Tensor2D, tf.Tensor2D> {
  /**
   * What the first `count` layers give, each with the BatchNorm and ReLU that follow it; 0 is the
   * input itself.
   */
  upTo(count: number): Pick<Module<tf.Tensor2D, tf.Tensor2D>, 'width' | 'apply'>;
}

/**
 * Linear, BatchNorm, ReLU, …, linear. A linear before a BatchNorm has no bias: the BatchNorm takes
 * it away again.
 *
 * @param widths Of the input, of each hidden layer, of the output. A single width is the identity.
 * @returns Module from [n, first] to [n, last]; its parts are `linear1`, `bn1`, `linear2` ….
 */
export function mlp(
  widths: readonly number[],
  {batchNorm: between = true, activation = relu, last = 'bias', initial = uniformFanIn}: MlpOptions = {},
): Mlp {
  check(widths.length >= 1, 'mlp', 'expected the width of the input and of each layer, got none');
  const layers = widths.length - 1;
  const parts: Record<string, Module<tf.Tensor2D, tf.Tensor2D>> = {};
  for (let i = 1; i <= layers; i++) {
    const normalized = i < layers ? between : last === 'batchNorm' || last === 'plainBatchNorm';
    parts[`linear${i}`] = linear(widths[i - 1]!, widths[i]!, {
      bias: !normalized && (i < layers || last === 'bias'),
      initial,
    });
    if (normalized) parts[`bn${i}`] = batchNorm<tf.Tensor2D>(widths[i]!, {affine: i < layers || last === 'batchNorm'});
  }
  const upTo: Mlp['upTo'] = count => {
    check(
      Number.isInteger(count) && count >= 0 && count <= layers,
      'mlp',
      `expected a number of layers from 0 to ${layers}, got ${count}`,
    );
    return {
      width: widths[count]!,
      apply: (params, x, mode) =>
        tf.tidy(() => {
          let y = x.clone();
          for (let i = 1; i <= count; i++) {
            y = run(parts, `linear${i}`, params, y, mode);
            if (parts[`bn${i}`]) y = run(parts, `bn${i}`, params, y, mode);
            if (i < layers) y = activation(y);
          }
          return y;
        }),
    };
  };
  return {...upTo(layers), init: key => initialParts(parts, key), upTo};
}
