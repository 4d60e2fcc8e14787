// Which tokens of an image are hidden: one convention for every way to draw them, 1 = masked.

import {check} from '../check';
import type {InputType} from '../engine/step';
import {tf} from '../engine/tf';
import type {Key} from '../module';

/** Tokens of an image, in rows and columns; l = rows · columns, counted row by row. */
export type Grid = readonly [rows: number, columns: number];

/** Masks of a batch: which tokens of each image are hidden. */
export type Masks = {
  /**
   * [n, l] float32: 1 where a token is masked, else 0. For losses, and for encoders that see a mask
   * token in its place.
   */
  masked: tf.Tensor2D;
  /**
   * [n, k] int32, ascending: the places of the tokens that are kept. For encoders that skip the
   * others.
   */
  kept: tf.Tensor2D;
  /**
   * [n, k] float32, where images keep different numbers of tokens: 1 where `kept` is a kept token,
   * 0 where it fills up the row.
   */
  valid?: tf.Tensor2D;
};

/**
 * Masks with sets of tokens that are asked for apart from each other: I-JEPA's target blocks,
 * SdAE's folds. What is kept is the context, and holds none of them.
 */
export type TargetMasks = Masks & {
  /** [n, t, m] int32, each set ascending: the places of its tokens. */
  targets: tf.Tensor3D;
  /**
   * [n, t, m] float32, where sets differ in size: 1 where `targets` is a token of the set, 0 where
   * it fills up the row.
   */
  targetsValid?: tf.Tensor3D;
};

/**
 * A way to draw masks for a batch: on the device inside the step, or on the host where a rejection
 * loop cannot be recorded. A strategy that needs what only a method has, a teacher's attention, has
 * these `Inputs` and no `host`: the method calls `draw` itself. One that looks at the images has
 * `view` [n, h, w, c] among its `Inputs`: the source that makes the views gives it.
 */
export interface MaskStrategy<Inputs extends Record<string, tf.Tensor> = {}, M extends Masks = Masks> {
  grid: Grid;
  /** What is drawn on the host for a batch of n images and fed in, see {@link Source}. */
  host?: {
    inputs: {[name in keyof Inputs]: InputType};
    /** Masks of n images; the same seed gives the same. */
    draw(n: number, seed: number): Inputs;
  };
  /** @returns New tensors. */
  draw(key: Key, n: number, inputs: Inputs): M;
}

/**
 * Masks of their dense form.
 *
 * @param masked [n, l] float32, 0 or 1.
 * @param keep Tokens that every image keeps. Without it they may differ: `kept` is then as wide as
 * the grid, and `valid` is told.
 * @returns New tensors. Where nothing is masked, `kept` is 0 … l − 1.
 * @throws RangeError when `keep` is not from 1 to l.
 */
export function masksOf(masked: tf.Tensor2D, keep?: number): Masks {
  const [, l] = masked.shape;
  check(
    keep === undefined || (Number.isInteger(keep) && keep >= 1 && keep <= l),
    'masksOf',
    `expected from 1 to ${l} kept tokens, got ${keep}`,
  );
  return tf.tidy(() => {
    // kept tokens first, each kind in the order of the image
    const order = tf.range(0, l).add(masked.mul(l)).neg();
    const kept = tf.topk(order, keep ?? l).indices as tf.Tensor2D; // [n, k]
    const own = {masked: masked.clone(), kept};
    return keep === undefined ? {...own, valid: tf.sub(1, tf.gather(masked, kept, 1, 1)) as tf.Tensor2D} : own;
  });
}
