// Multi-head self-attention: each token takes a mean of all tokens' values, weighted by how well
// its query fits their keys. Vaswani et al. 2017, "Attention Is All You Need", arXiv:1706.03762,
// sec. 3.2; parameters as in timm's Attention.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Mode, Module, Params} from '../module';
import {type Initial, uniformFanIn} from './initial';
import {linear} from './linear';
import {initialParts, run} from './parts';

/** Options of {@link attention}. */
export interface AttentionOptions {
  /** Queries, keys and values are split into as many independent parts. */
  heads: number;
  /** How the weights start. @default uniformFanIn */
  initial?: Initial;
}

export type Attended = {
  /** [n, l, width] */
  tokens: tf.Tensor3D;
  /**
   * How much each token takes of each: [n, heads, l, l], rows sum to 1; 1/l everywhere where all
   * tokens are alike.
   */
  weights: tf.Tensor4D;
};

/** From tokens [n, l, width] to the same shape. */
export interface Attention extends Module<tf.Tensor3D, tf.Tensor3D> {
  /**
   * What `apply` returns, and the weights it was made with.
   *
   * @param valid [n, l] float32: 0 where a token only fills up the row, and nothing is taken of it;
   * else 1. One at least in each row.
   */
  attend(params: Params, x: tf.Tensor3D, mode: Mode, valid?: tf.Tensor2D): Attended;
}

/**
 * Parts `qkv`, queries, keys and values in one matrix [3·width, width], each head's rows together;
 * and `proj` [width, width].
 */
export function attention(width: number, {heads, initial = uniformFanIn}: AttentionOptions): Attention {
  check(
    heads >= 1 && width % heads === 0,
    'attention',
    `expected a width that is a multiple of the heads, got ${width} and ${heads}`,
  );
  const parts = {
    qkv: linear<tf.Tensor3D>(width, 3 * width, {initial}),
    proj: linear<tf.Tensor3D>(width, width, {initial}),
  };
  const d = width / heads;
  const attend = (params: Params, x: tf.Tensor3D, mode: Mode, valid?: tf.Tensor2D): Attended =>
    tf.tidy(() => {
      const [n, l] = x.shape;
      const [q, k, v] = tf.unstack(
        run(parts, 'qkv', params, x, mode).reshape([n, l, 3, heads, d]).transpose([2, 0, 3, 1, 4]),
      ); // [n, heads, l, d] each
      // [n, heads, l, l]; eq. 1, with the scale on the smaller side
      const logits = tf.matMul(q!.mul(d ** -0.5), k!, false, true) as tf.Tensor4D;
      const weights = tf.softmax(valid ? logits.add<tf.Tensor4D>(valid.sub(1).mul(1e9).reshape([n, 1, 1, l])) : logits);
      // [n, l, width]
      const mixed = tf.matMul(weights, v!).transpose([0, 2, 1, 3]).reshape(x.shape);
      return {tokens: run(parts, 'proj', params, mixed as tf.Tensor3D, mode), weights};
    });
  return {
    width,
    init: key => initialParts(parts, key),
    attend,
    apply: (params, x, mode) => tf.tidy(() => attend(params, x, mode).tokens),
  };
}
