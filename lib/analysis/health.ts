// The state of a training in numbers that cost little enough for every step, and in a plain
// sentence when it is sick.

import {check} from '../check';
import {tf} from '../engine/tf';
import {alignment} from './alignment';
import {assignments} from './assignments';
import {collapseLevel} from './collapseLevel';
import {type LossRange, pickingRange} from '../losses/lossRange';
import {participationRatio} from './participationRatio';
import {uniformity} from './uniformity';

/** Scalars of one step; each file of this room says what its number means. */
export type Health = {
  alignment: tf.Scalar;
  uniformity: tf.Scalar;
  collapse: tf.Scalar;
  dimensions: tf.Scalar;
  /**
   * Of {@link assignments}, where there is a teacher with prototypes: both from 0 to 1, where
   * DINO's own outputs are nats.
   */
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
 * Alignment, uniformity (mean of both views), collapse level and participation ratio of a step's
 * projections; how a teacher assigns, and how far it is. Recordable.
 *
 * @throws RangeError when the number of rows is odd or below 16.
 */
export function health({projection, teacher, teacherDistance}: HealthOutputs): Health {
  const [rows] = projection.shape;
  check(
    rows % 2 === 0 && rows >= 16,
    'health',
    `expected two views each of at least 8 images, got [${projection.shape}]`,
  );
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

/**
 * Below it the mean cosine between images is above .96. Of runs of some 150 steps on drawn emoji,
 * sound ones stood at .27 (DINO) and above, BYOL without predictor and moving average at .016.
 */
const COLLAPSED = 0.2;
/**
 * Nearly a plane. Sound runs on drawn emoji stood at 3.1 (SimSiam) to 14, SimCLR at τ = 1 at 4;
 * Barlow Twins with λ = 0 at 1.4 to 1.6, a SimCLR with a learning rate 250 times too high at 2.4.
 * With prototypes: it is the assignments that a loss sees then, and those of a sound DINO had 0.86
 * of the entropy while its bottleneck spread in 1.9 to 2.7 directions. What flattens it further
 * shows in the assignments first: 1.5 to 1.6 without centering, sharpening or balance.
 */
const FLAT = {alone: 2.5, withPrototypes: 1.5};
/**
 * A line, most images at one of its ends: how a collapse looks behind a BatchNorm, which gives
 * rounding the spread that it asks for. SimSiam without stop-gradient stood at a spread of .36 to
 * .48 and 1.1 to 1.5 directions, .56 to .75 and 1.2 to 1.8 within a hundred steps of small images;
 * Barlow Twins with λ = 0, where images are apart but all features say the same, at .92 to .97 and
 * 1.4 to 1.9.
 */
const LINE = {spread: 0.8, dimensions: 1.9};
/**
 * Of the prototypes, in use. Sound DINO .47 to .82 and SwAV .99; DINO without centering and SwAV
 * without Sinkhorn-Knopp .0044 to .0088 with 256 prototypes, and never below 1/K: the middle
 * between .47 and one of twenty.
 */
const USED = 0.15;
/**
 * Entropy over ln K. Sound DINO .67 to .86 and SwAV .71 to .89; where one prototype takes all
 * images .0098 to .097. Above it, with few prototypes in use, each image is between several of
 * them.
 */
const SHARP = 0.25;
/**
 * The same at the other end: DINO without sharpening .987 to .994. The middle between 1 − .86 and 1
 * − .994.
 */
const EVEN = 0.97;
/**
 * A loss that has come less than this share of the way from chance to its floor has learned nothing
 * yet. Sound runs had come .1 (instance discrimination) to .6 of it.
 */
const STUCK = 0.05;

/** Options of {@link healthSentence}. */
export interface HealthSentenceOptions {
  /** K of a contrastive loss: views among which the other one is picked (2n − 1 in NT-Xent). */
  candidates?: number;
  /** τ of that loss. Needed with `candidates`. */
  temperature?: number;
  /**
   * In place of both, of any other loss; where a floor is missing and prototypes are assigned, it
   * is the entropy of the assignments. Without one or the other the loss is not judged.
   */
  range?: LossRange;
  /**
   * Steps before which nothing is judged: fresh weights map all images nearly alike, and chance is
   * where every loss starts.
   * @default 50
   */
  grace?: number;
}

/**
 * One sentence that names what is wrong with a training and what to try; empty when it is sound.
 * Where several things are wrong it is the most specific one: assignments before collapse before
 * the loss.
 *
 * The loss is judged between chance and what is reachable, for contrastive losses those of
 * `pickingRange`: at τ = 1 and K = 511 these are 6.24 and 5.24, so that a sound loss stands near ln
 * K there. A teacher's distance is not judged: how far is too far depends on the learning rate and
 * on how long the training is. Its curve tells, when it only grows.
 *
 * @param event Of training: the step, its loss, the metrics of {@link health}, of which those that
 * are missing are not judged, and the range of its loss where the task has one.
 */
export function healthSentence(
  {step, loss, metrics, range: told}: {step: number; loss: number; metrics: Record<string, number>; range?: LossRange},
  {candidates, temperature, range, grace = 50}: HealthSentenceOptions = {},
): string {
  check(
    (candidates === undefined) === (temperature === undefined),
    'healthSentence',
    'expected both candidates and temperature, or neither',
  );
  check(candidates === undefined || !range, 'healthSentence', 'expected candidates or a range, got both');
  const judged = range ?? told;
  if (!Number.isFinite(loss)) return `The loss is ${loss}: lower the learning rate or raise the temperature.`;
  if (step < grace) return '';
  return (
    ofAssignments(metrics) ||
    ofProjections(metrics) ||
    (candidates !== undefined && temperature !== undefined
      ? ofLoss(
          loss,
          pickingRange(candidates, temperature),
          `ln K = ${Math.log(candidates).toFixed(2)}, chance`,
          ' at this temperature',
        )
      : '') ||
    (candidates === undefined && judged
      ? ofLoss(
          loss,
          {
            floor: metrics.assignmentEntropy === undefined ? undefined : metrics.assignmentEntropy * judged.chance,
            ...judged,
          },
          `${short(judged.chance)}, chance`,
        )
      : '')
  );
}

function ofAssignments({assignmentEntropy: entropy, prototypesUsed: used}: Record<string, number>): string {
  if (used! < USED && entropy! < SHARP) {
    return (
      `One prototype takes all images, or very few do (${percent(used!)} of the prototypes are in use, ` +
      `sound is about half or more; the entropy of assignments is ${percent(entropy!)} of an even one's). ` +
      'A teacher needs centering (DINO), codes need Sinkhorn-Knopp (SwAV).'
    );
  }
  if (used! < USED) {
    return (
      `Dead prototypes: only ${percent(used!)} of the prototypes are in use, sound is about half or more. ` +
      'Take fewer prototypes, let them stay as they were drawn for longer, or balance the assignments ' +
      'better: a larger batch, a queue, more turns of Sinkhorn-Knopp.'
    );
  }
  if (entropy! > EVEN) {
    return (
      `The teacher says the same of all prototypes (the entropy of its assignments is ${percent(entropy!)} ` +
      `of an even one's, sound is below 90 %). ` +
      "It needs sharpening: lower the teacher's temperature, or the ε of codes, well below the student's temperature."
    );
  }
  return '';
}

function ofProjections({collapse, dimensions, prototypesUsed}: Record<string, number>): string {
  if (collapse! < COLLAPSED) {
    return (
      `Collapse: all projections are nearly alike (spread ${collapse!.toFixed(2)}, sound is near 1). ` +
      'Check negatives, stop-gradient and predictor, or lower the learning rate.'
    );
  }
  if (!(dimensions! < (prototypesUsed === undefined ? FLAT.alone : FLAT.withPrototypes))) return '';
  if (collapse! < LINE.spread && dimensions! < LINE.dimensions) {
    return (
      `Collapse: all projections lie on one line, most of them at one end (spread ${collapse!.toFixed(2)}, ` +
      `in ${dimensions!.toFixed(1)} directions). ` +
      'Where the projector ends in a BatchNorm, such a line is what it makes of nearly equal images. Check ' +
      'stop-gradient and predictor, or lower the learning rate.'
    );
  }
  return (
    `Dimensional collapse: the projections spread in only ${dimensions!.toFixed(1)} directions. ` +
    'Try a larger batch, stronger augmentation, another temperature, or more weight on what keeps ' +
    'features apart (λ of Barlow Twins, covariance of VICReg).'
  );
}

function ofLoss(loss: number, {chance, floor}: LossRange, named: string, where = ''): string {
  if (floor === undefined || chance - loss >= STUCK * (chance - floor)) return '';
  if (loss - chance > chance - floor)
    return (
      `The loss ${short(loss)} is far above ${named}: the views of an image are taken for those of others. ` +
      'Lower the learning rate or raise the temperature.'
    );
  return (
    `The loss ${loss.toFixed(2)} has not come down from ${named} (reachable${where}: about ${short(floor)}): ` +
    'the views of an image are not found. Raise the learning rate, or weaken the augmentation.'
  );
}

const short = (value: number) => value.toFixed(2);
const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;
