// The loss of SimSiam and BYOL: a view's prediction points where the other view's target does.
// Chen & He 2021, "Exploring Simple Siamese Representation Learning", arXiv:2011.10566; Grill et
// al. 2020, "Bootstrap Your Own Latent", arXiv:2006.07733.

import {check} from '../check';
import {tf} from '../engine/tf';
import {unit} from '../layers/unit';

/**
 * −cos, with gradients into both: a caller whose targets are constants gives them through
 * `stopGradient`.
 *
 * @param prediction [m, d], any length: normalized here. Row by row of one image.
 * @param target As `prediction`.
 * @returns Mean over rows, no unit, from −1 (all agree) over 0 (orthogonal) to 1.
 * @throws RangeError when the shapes differ.
 * @see Chen & He 2021, eq. 1. BYOL's eq. 2 is the squared distance of the unit vectors, 2 − 2 cos =
 * 2 + 2·(this): the same gradient, twice as long.
 */
export function negativeCosine(prediction: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar {
  check(
    prediction.rank === 2 && `${prediction.shape}` === `${target.shape}`,
    'negativeCosine',
    `expected predictions and targets of one shape [m, d], got [${prediction.shape}] and [${target.shape}]`,
  );
  return tf.tidy(() => unit(prediction).mul(unit(target)).sum(1).mean().neg() as tf.Scalar);
}
