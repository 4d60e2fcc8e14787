// How far predicted tokens are from their targets: the loss of MAE, SimMIM and MaskFeat, of I-JEPA
// and data2vec. Girshick 2015, "Fast R-CNN", arXiv:1504.08083, eq. 3, with torch's β (smooth L1);
// Assran et al. 2023 (I-JEPA), arXiv:2301.08243, eq. 1 (squared); Xie et al. 2022 (SimMIM),
// arXiv:2111.09886, eq. 1 (absolute).

import {check} from '../check';
import {tf} from '../engine/tf';

/** Options of {@link tokenDistance}. */
export interface TokenDistanceOptions {
  /**
   * Of a difference x: 'smoothL1' is x²/2β below β and |x| − β/2 from there on, 'squared' is x²,
   * 'absolute' |x|.
   * @default 'smoothL1'
   */
  distance?: 'smoothL1' | 'squared' | 'absolute';
  /** β > 0: where smooth L1 goes over from a parabola to a straight line. @default 1 */
  beta?: number;
  /**
   * The shape of the predictions less their last axis: 1 where a token counts, 0 where it does not.
   * @default all count
   */
  counted?: tf.Tensor;
}

/**
 * Gradients flow into both: a caller whose targets are constants gives them through `stopGradient`.
 *
 * @param prediction [n, …, d], of one shape.
 * @param target As `prediction`.
 * @returns Mean over the values of the tokens that count, at least 0. Where all differ by 1: 1
 * squared or absolute, 1/2 in smooth L1 of β = 1.
 * @throws RangeError for shapes that do not fit, an unknown distance and β ≤ 0.
 */
export function tokenDistance(
  prediction: tf.Tensor,
  target: tf.Tensor,
  {distance = 'smoothL1', beta = 1, counted}: TokenDistanceOptions = {},
): tf.Scalar {
  const {shape} = prediction;
  check(
    `${shape}` === `${target.shape}`,
    'tokenDistance',
    `expected predictions and targets of one shape, got [${shape}] and [${target.shape}]`,
  );
  check(
    !counted || `${counted.shape}` === `${shape.slice(0, -1)}`,
    'tokenDistance',
    `expected counted [${shape.slice(0, -1)}], got [${counted?.shape}]`,
  );
  check(
    distance in distances,
    'tokenDistance',
    `expected distance 'smoothL1', 'squared' or 'absolute', got '${distance}'`,
  );
  check(beta > 0, 'tokenDistance', `expected beta > 0, got ${beta}`);
  return tf.tidy(() => {
    const values = distances[distance](prediction.sub(target), beta);
    return counted ? values.mean(-1).mul(counted).sum().div(counted.sum()) : values.mean();
  });
}

const distances = {
  smoothL1: (x: tf.Tensor, beta: number) => {
    const size = x.abs();
    const m = size.minimum(beta);
    return size.sub(m.div(2)).mul(m).div(beta); // m·(|x| − m/2)/β is both sides of β
  },
  squared: (x: tf.Tensor) => x.square(),
  absolute: (x: tf.Tensor) => x.abs(),
};
