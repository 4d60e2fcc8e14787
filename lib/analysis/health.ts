// The state of a training in numbers that cost little enough for every step, and in a plain sentence when it is sick.

import {check} from '../check';
import {tf} from '../engine/tf';
import {alignment} from './alignment';
import {assignments} from './assignments';
import {collapseLevel} from './collapseLevel';
import {participationRatio} from './participationRatio';
import {uniformity} from './uniformity';

/** Scalars of one step; each file of this room says what its number means. */
export type Health = {
  alignment: tf.Scalar;
  uniformity: tf.Scalar;
  collapse: tf.Scalar;
  dimensions: tf.Scalar;
  /** Of {@link assignments}, where there is a teacher with prototypes: both from 0 to 1, where DINO's own outputs are nats. */
  assignmentEntropy?: tf.Scalar;
  prototypesUsed?: tf.Scalar;
  /** Relative distance of a moving teacher's weights from the student's. */
  teacherDistance?: tf.Scalar;
};

/** What of a method's outputs tells its health. */
export type HealthOutputs = {
  /** [2n, d], n ≥ 8: rows i and i + n are the two views of image i. */
  projection: tf.Tensor2D;
  /** Probabilities [m, K]: a teacher's output, codes. */
  teacher?: tf.Tensor2D;
  teacherDistance?: tf.Scalar;
};

/**
 * Alignment, uniformity (mean of both views), collapse level and participation ratio of a step's projections; how a teacher assigns, and how far it is. Recordable.
 *
 * @throws RangeError when the number of rows is odd or below 16.
 */
export function health({projection, teacher, teacherDistance}: HealthOutputs): Health {
  const [rows] = projection.shape;
  check(rows % 2 === 0 && rows >= 16, 'health', `expected two views each of at least 8 images, got [${projection.shape}]`);
  return tf.tidy(() => {
    const [first, second] = tf.split(projection, 2) as [tf.Tensor2D, tf.Tensor2D];
    const assigned = teacher && assignments(teacher);
    return {
      alignment: alignment(first, second),
      uniformity: uniformity(first).add(uniformity(second)).div(2) as tf.Scalar,
      collapse: collapseLevel(projection),
      dimensions: participationRatio(projection),
      ...(assigned && {assignmentEntropy: assigned.entropy, prototypesUsed: assigned.used}),
      ...(teacherDistance && {teacherDistance: teacherDistance.clone()}),
    };
  });
}

/** Below it the mean cosine between images is above .96. */
const COLLAPSED = 0.2;
/** Nearly a plane. Sound runs of SimCLR on drawn emoji stood at 4 to 7 (τ = 1 lowest), one with a learning rate 250 times too high at 2.4. */
const FLAT = 2.5;
/** A loss that has come less than this share of the way from ln K to its floor has learned nothing yet. */
const STUCK = 0.05;

export interface HealthSentenceOptions {
  /** K of a contrastive loss: views among which the other one is picked (2n − 1 in NT-Xent). Without it the loss is not judged. */
  candidates?: number;
  /** τ of that loss. Needed with `candidates`. */
  temperature?: number;
  /** Steps before which nothing is judged: fresh weights map all images nearly alike, and chance is where every loss starts. @default 50 */
  grace?: number;
}

/**
 * One sentence that names what is wrong with a training and what to try; empty when it is sound.
 *
 * The loss is judged between chance, ln K, and what is reachable at this τ when views agree and other images are orthogonal, log(1 + (K − 1) e^(−1/τ)):
 * at τ = 1 and K = 511 these are 6.24 and 5.24, so that a sound loss stands near ln K there.
 *
 * @param event Of training: the step, its loss in nats, and the metrics of {@link health}; those that are missing are not judged.
 */
export function healthSentence({step, loss, metrics}: {step: number; loss: number; metrics: Record<string, number>},
  {candidates, temperature, grace = 50}: HealthSentenceOptions = {}): string {
  check((candidates === undefined) === (temperature === undefined), 'healthSentence', 'expected both candidates and temperature, or neither');
  if (!Number.isFinite(loss)) return `The loss is ${loss}: lower the learning rate or raise the temperature.`;
  if (step < grace) return '';
  const {collapse, dimensions} = metrics;
  if (collapse < COLLAPSED) {
    return `Collapse: all projections are nearly alike (spread ${collapse.toFixed(2)}, sound is near 1). `
      + 'Check negatives, stop-gradient and predictor, or lower the learning rate.';
  }
  if (dimensions < FLAT) {
    return `Dimensional collapse: the projections spread in only ${dimensions.toFixed(1)} directions. `
      + 'Try a larger batch, stronger augmentation or another temperature.';
  }
  if (candidates !== undefined && temperature !== undefined) {
    const chance = Math.log(candidates);
    const floor = Math.log1p((candidates - 1) * Math.exp(-1 / temperature));
    if (chance - loss < STUCK * (chance - floor)) {
      return `The loss ${loss.toFixed(2)} has not come down from ln K = ${chance.toFixed(2)}, chance (reachable at this temperature: about ${floor.toFixed(2)}): `
        + 'the views of an image are not found. Raise the learning rate, or weaken the augmentation.';
    }
  }
  return '';
}
