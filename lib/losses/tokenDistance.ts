// How far predicted tokens are from their targets: the loss of I-JEPA and data2vec.
// Girshick 2015, "Fast R-CNN", arXiv:1504.08083, eq. 3, with torch's β (smooth L1); Assran et al. 2023 (I-JEPA), arXiv:2301.08243, eq. 1 (squared).

import {check} from '../check';
import {tf} from '../engine/tf';

export interface TokenDistanceOptions {
  /** Of a difference x: 'smoothL1' is x²/2β below β and |x| − β/2 from there on, 'squared' is x². @default 'smoothL1' */
  distance?: 'smoothL1' | 'squared';
  /** β > 0: where smooth L1 goes over from a parabola to a straight line. @default 1 */
  beta?: number;
  /** The shape of the predictions less their last axis: 1 where a token counts, 0 where it does not. @default all count */
  counted?: tf.Tensor;
}

/**
 * Gradients flow into both: a caller whose targets are constants gives them through `stopGradient`.
 *
 * @param prediction, target [n, …, d], of one shape.
 * @returns Mean over the values of the tokens that count, at least 0. Where all differ by 1: 1 squared, 1/2 in smooth L1 of β = 1.
 * @throws RangeError for shapes that do not fit, an unknown distance and β ≤ 0.
 */
export function tokenDistance(prediction: tf.Tensor, target: tf.Tensor, {distance = 'smoothL1', beta = 1, counted}: TokenDistanceOptions = {}): tf.Scalar {
  const {shape} = prediction;
  check(`${shape}` === `${target.shape}`, 'tokenDistance', `expected predictions and targets of one shape, got [${shape}] and [${target.shape}]`);
  check(!counted || `${counted.shape}` === `${shape.slice(0, -1)}`, 'tokenDistance', `expected counted [${shape.slice(0, -1)}], got [${counted?.shape}]`);
  check(distance === 'smoothL1' || distance === 'squared', 'tokenDistance', `expected distance 'smoothL1' or 'squared', got '${distance}'`);
  check(beta > 0, 'tokenDistance', `expected beta > 0, got ${beta}`);
  return tf.tidy(() => {
    const x = prediction.sub(target);
    const values = distance === 'squared' ? x.square() : smooth(x.abs(), beta);
    return (counted ? values.mean(-1).mul(counted).sum().div(counted.sum()) : values.mean()) as tf.Scalar;
  });
}

/** With m = min(|x|, β), both sides of β are m·(|x| − m/2)/β. */
function smooth(x: tf.Tensor, beta: number): tf.Tensor {
  const m = x.minimum(beta);
  return x.sub(m.div(2)).mul(m).div(beta);
}
