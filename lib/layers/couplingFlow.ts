// An invertible function of each pixel's channels: what it makes of an image holds all that was in
// it, in other channels. Dinh et al. 2015 (NICE), "Non-linear Independent Components Estimation",
// arXiv:1410.8516; Dinh et al. 2017 (RealNVP), "Density Estimation using Real NVP",
// arXiv:1605.08803.

import {check, whole} from '../check';
import {tf} from '../engine/tf';
import type {Mode, Module, Params} from '../module';
import {normalOf, uniformFanIn} from './initial';
import {linear} from './linear';
import {initialParts, run} from './parts';
import {relu} from './relu';

/** Options of {@link couplingFlow}. */
export interface CouplingFlowOptions {
  /** Channels of the images, at least 2. @default 3 */
  channels?: number;
  /**
   * Shifts alone, which change no volume (NICE); else channels are scaled too (RealNVP).
   * @default true
   */
  volumePreserving?: boolean;
  /**
   * Couplings, by turns of the other channels by the first one and of the first by the others.
   * @default 4
   */
  couplings?: number;
  /** Width of each coupling's hidden layer. @default 16 */
  hidden?: number;
}

export interface CouplingFlow extends Module<tf.Tensor4D, tf.Tensor4D> {
  /** Takes `apply` back, to a rounding. */
  inverse(params: Params, y: tf.Tensor4D): tf.Tensor4D;
}

/** How far a coupling may scale, as a natural logarithm: each by e at most. */
const MOST = 1;

/**
 * Couplings, each a function of one part of the channels that shifts (and scales) the other part:
 * linear, ReLU, linear on every pixel by itself. It starts as the identity.
 *
 * @returns Module of images [n, h, w, channels], normalized; the same shape comes out.
 * @throws RangeError for less than two channels or one coupling.
 */
export function couplingFlow({
  channels = 3,
  volumePreserving = true,
  couplings = 4,
  hidden = 16,
}: CouplingFlowOptions = {}): CouplingFlow {
  whole('couplingFlow', 'channels', channels, 2);
  whole('couplingFlow', 'couplings', couplings);
  const parts: Record<string, Module<tf.Tensor2D, tf.Tensor2D>> = {};
  for (let i = 0; i < couplings; i++) {
    const [read, changed] = i % 2 === 0 ? [1, channels - 1] : [channels - 1, 1];
    parts[`hidden${i}`] = linear(read, hidden, {initial: uniformFanIn});
    parts[`last${i}`] = linear(hidden, volumePreserving ? changed : 2 * changed, {initial: normalOf(0)});
  }
  const changeOf = (params: Params, i: number, read: tf.Tensor2D, mode: Mode) => {
    const change = run(parts, `last${i}`, params, relu(run(parts, `hidden${i}`, params, read, mode)), mode);
    if (volumePreserving) return {shift: change};
    const [shift, scale] = tf.split(change, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
    return {shift, scale: scale.tanh().mul(MOST).exp()};
  };
  /** Runs the couplings in this order; `step` changes one part by what was made of the other. */
  const through = (
    params: Params,
    x: tf.Tensor4D,
    order: readonly number[],
    mode: Mode,
    step: (part: tf.Tensor, change: {shift: tf.Tensor2D; scale?: tf.Tensor}) => tf.Tensor,
  ) =>
    tf.tidy(() => {
      check(x.shape[3] === channels, 'couplingFlow', `expected images of ${channels} channels, got [${x.shape}]`);
      let [first, others] = tf.split(x.reshape([-1, channels]), [1, channels - 1], 1) as [tf.Tensor2D, tf.Tensor2D];
      for (const i of order) {
        if (i % 2 === 0) others = step(others, changeOf(params, i, first, mode)) as tf.Tensor2D;
        else first = step(first, changeOf(params, i, others, mode)) as tf.Tensor2D;
      }
      return tf.concat([first, others], 1).reshape<tf.Tensor4D>(x.shape);
    });
  const forwards = Array.from({length: couplings}, (_, i) => i);
  const backwards = [...forwards].reverse();
  return {
    width: channels,
    init: key => initialParts(parts, key),
    apply: (params, x, mode) =>
      through(params, x, forwards, mode, (part, {shift, scale}) => (scale ? part.mul(scale) : part).add(shift)),
    inverse: (params, y) =>
      through(params, y, backwards, {}, (part, {shift, scale}) =>
        scale ? part.sub(shift).div(scale) : part.sub(shift),
      ),
  };
}
