// How weights start.

import {normal, uniform} from '../engine/random';
import type {tf} from '../engine/tf';
import type {Key} from '../module';

/**
 * Draws a weight of this shape. `fans`: values that one output depends on, and outputs that one
 * input reaches.
 */
export type Initial = (key: Key, shape: number[], fans: {in: number; out: number}) => tf.Tensor;

/** Even in ±1/√fan-in: what torch's Linear and Conv2d do (Kaiming uniform with a = √5). */
export const uniformFanIn: Initial = (key, shape, fans) =>
  uniform(key, shape, {minimum: -1 / Math.sqrt(fans.in), maximum: 1 / Math.sqrt(fans.in)});

/**
 * Normal with variance 2/fan-out, what torchvision's ResNets do before a ReLU. He et al. 2015,
 * arXiv:1502.01852.
 */
export const normalFanOut: Initial = (key, shape, fans) => normal(key, shape).mul(Math.sqrt(2 / fans.out));

/** Normal with this standard deviation. */
export const normalOf =
  (standardDeviation: number): Initial =>
  (key, shape) =>
    normal(key, shape).mul(standardDeviation);

/**
 * Even in ±√(6/(fan-in + fan-out)): the variance of what goes forwards and of gradients that come
 * back stays about the same. Glorot & Bengio 2010, "Understanding the difficulty of training deep
 * feedforward neural networks", eq. 16.
 */
export const xavierUniform: Initial = (key, shape, fans) => {
  const bound = Math.sqrt(6 / (fans.in + fans.out));
  return uniform(key, shape, {minimum: -bound, maximum: bound});
};
