// Multi-head self-attention: each token takes a mean of all tokens' values, weighted by how well its query fits their keys.
// Vaswani et al. 2017, "Attention Is All You Need", arXiv:1706.03762, sec. 3.2; parameters as in timm's Attention.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Module} from '../module';
import {type Initial, uniformFanIn} from './initial';
import {linear} from './linear';
import {initialParts, run} from './parts';

export interface AttentionOptions {
  /** Queries, keys and values are split into as many independent parts. */
  heads: number;
  /** How the weights start. @default uniformFanIn */
  initial?: Initial;
}

/**
 * Parts `qkv`, queries, keys and values in one matrix [3·width, width], each head's rows together; and `proj` [width, width].
 *
 * @returns Module from tokens [n, l, width] to the same shape.
 */
export function attention(width: number, {heads, initial = uniformFanIn}: AttentionOptions): Module<tf.Tensor3D, tf.Tensor3D> {
  check(heads >= 1 && width % heads === 0, 'attention', `expected a width that is a multiple of the heads, got ${width} and ${heads}`);
  const parts = {qkv: linear<tf.Tensor3D>(width, 3 * width, {initial}), proj: linear<tf.Tensor3D>(width, width, {initial})};
  const d = width / heads;
  return {
    width,
    init: key => initialParts(parts, key),
    apply: (params, x, mode) => tf.tidy(() => {
      const [n, l] = x.shape;
      const [q, k, v] = tf.unstack(run(parts, 'qkv', params, x, mode).reshape([n, l, 3, heads, d]).transpose([2, 0, 3, 1, 4]));   // [n, heads, l, d] each
      const weights = tf.softmax(tf.matMul(q!.mul(d ** -0.5), k!, false, true));   // [n, heads, l, l]; eq. 1, with the scale on the smaller side
      const mixed = tf.matMul(weights, v!).transpose([0, 2, 1, 3]).reshape([n, l, width]);
      return run(parts, 'proj', params, mixed as tf.Tensor3D, mode);
    }),
  };
}
