// What the predictions of two views are held against: the other view's target itself, the target
// among those of other images, or the cluster it belongs to. Chen & He 2021 (SimSiam),
// arXiv:2011.10566, sec. 3 and 6.2; Grill et al. 2020 (BYOL), arXiv:2006.07733, sec. 5; Caron et
// al. 2020 (SwAV), arXiv:2006.09882, sec. 3.1.

import {check, whole} from '../../check';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import {contrastive} from '../../losses/contrastive';
import {negativeCosine} from '../../losses/negativeCosine';
import {type Among, pairSimilarities} from '../../losses/similarities';
import {sinkhorn} from '../../losses/sinkhorn';
import {checkTemperature} from '../../losses/temperature';
import {unit} from '../../layers/unit';

export type Negatives = {
  /** τ of the cosines. */
  temperature: number;
  /** @default 'bothViews', SimCLR's and that of BYOL's table 5(b) */
  among?: Among;
};

export type Clusters = {
  /** K: prototypes, more than the classes that they should tell apart. */
  prototypes: number;
  /** τ of the predicted assignments. @default 0.1, SwAV's */
  temperature?: number;
  /** ε of the codes. @default 0.05, SwAV's */
  epsilon?: number;
  /**
   * Of Sinkhorn-Knopp, each view on its own. 0: each image is assigned for itself,
   * softmax(scores/ε), and prototypes may die.
   * @default 3, SwAV's
   */
  iterations?: number;
};

/**
 * From both views' predictions and targets [2n, d], rows i and i + n of one image, and prototypes
 * [K, d] of length 1.
 *
 * @returns Mean over the 2n predictions: −cos; with negatives the cross-entropy of picking the
 * target, with clusters the cross-entropy to the target's code, in nats; and the codes [2n, K] of
 * the targets. Gradients flow into targets, but not through codes.
 */
export type SiameseLoss = (
  prediction: tf.Tensor2D,
  target: tf.Tensor2D,
  prototypes: tf.Tensor2D | undefined,
) => {loss: tf.Scalar; codes?: tf.Tensor2D};

/** @throws RangeError when both are asked for, or one of their numbers means nothing. */
export function siameseLoss({
  negatives,
  clusters,
}: {
  negatives: Negatives | false;
  clusters: Clusters | false;
}): SiameseLoss {
  check(!negatives || !clusters, 'siamese', 'expected negatives or clusters, got both: each is a loss of its own');
  if (negatives) {
    const {temperature, among} = negatives;
    checkTemperature('siamese', temperature);
    return (prediction, targets) => ({
      loss: contrastive(pairSimilarities(prediction, {targets, among}), {temperature}),
    });
  }
  if (clusters) {
    const {prototypes: k, temperature = 0.1, epsilon = 0.05, iterations = 3} = clusters;
    whole('siamese', 'prototypes', k, 2);
    check(
      epsilon > 0 && Number.isInteger(iterations) && iterations >= 0,
      'siamese',
      `expected epsilon > 0 and a whole number of iterations from 0, got ${epsilon} and ${iterations}`,
    );
    checkTemperature('siamese', temperature);
    const codesOf = (scores: tf.Tensor2D) =>
      iterations === 0
        ? stopGradient(scores.div<tf.Tensor2D>(epsilon).softmax())
        : sinkhorn(scores, {epsilon, iterations});
    return (prediction, target, prototypes) => {
      // [2n, K]
      const scores = (z: tf.Tensor2D) => tf.matMul<tf.Tensor2D>(unit(z), prototypes!, false, true);
      // [2n, K]
      const codes = tf.concat((tf.split(scores(target), 2) as tf.Tensor2D[]).map(codesOf));
      return {
        codes,
        loss: swapped(codes)
          .mul(scores(prediction).div<tf.Tensor2D>(temperature).logSoftmax())
          .sum(1)
          .mean()
          .neg() as tf.Scalar,
      };
    };
  }
  return (prediction, target) => ({loss: negativeCosine(prediction, swapped(target))});
}

/** The second views' rows before the first ones'. */
function swapped(rows: tf.Tensor2D): tf.Tensor2D {
  const [first, second] = tf.split(rows, 2) as [tf.Tensor2D, tf.Tensor2D];
  return tf.concat([second, first]);
}
