// A matrix product whose rows of weights count by their direction alone: of rows of length 1 it
// gives cosines. Salimans & Kingma 2016, "Weight Normalization: A Simple Reparameterization to
// Accelerate Training of Deep Neural Networks", arXiv:1602.07868, with g fixed to 1.

import {tf} from '../engine/tf';
import {unit} from './unit';
import type {Module} from '../module';
import {linear} from './linear';

/**
 * Parameter `weight_v` [outputs, inputs], as in torch's `weight_norm`, starting as torch's Linear
 * does; the length of a row has no effect and gets no gradient.
 *
 * @returns Module from [n, inputs] to [n, outputs], without an offset.
 */
export function weightNorm(inputs: number, outputs: number): Module<tf.Tensor2D, tf.Tensor2D> {
  const product = linear(inputs, outputs, {bias: false});
  return {
    width: outputs,
    init: key => ({weight_v: product.init(key).weight!}),
    apply: (params, x, mode) => tf.tidy(() => product.apply({weight: unit(params.weight_v as tf.Tensor2D)}, x, mode)),
  };
}
