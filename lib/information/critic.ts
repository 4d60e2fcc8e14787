// What a critic is: it scores every x with every y, high where they belong together.
// Poole et al. 2019, "On Variational Bounds of Mutual Information", arXiv:1905.06922; Song & Ermon
// 2020 (SMILE), arXiv:1910.06222, whose sizes are the defaults.

import {mlp, type Mlp} from '../layers/mlp';
import type {tf} from '../engine/tf';
import type {Key, Params} from '../module';

/** A function of pairs, trained to tell those that belong together. */
export interface Critic<P extends Params = Params> {
  /** Parameters before the first step. */
  init(key: Key): P;
  /** f [n, m] of x [n, dx] and y [m, dy]: row i, column j scores x_i with y_j. */
  scores(params: P, x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D;
}

/** Options of all critics. */
export interface CriticOptions {
  /** Widths of x and of y. */
  widths: readonly [x: number, y: number];
  /** Of each hidden layer. @default 256 */
  hidden?: number;
  /**
   * Hidden layers behind the first one: SMILE's own count, by which its networks have one more than
   * the same number means in Poole et al.'s notebook.
   * @default 2
   */
  layers?: number;
}

/** Linear and ReLU, 1 + `layers` times, then linear to `output`. */
export const network = (
  input: number,
  output: number,
  {hidden = 256, layers = 2}: Pick<CriticOptions, 'hidden' | 'layers'>,
): Mlp => mlp([input, ...Array.from({length: 1 + layers}, () => hidden), output], {batchNorm: false});
