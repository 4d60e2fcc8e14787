// Estimators by name: what a critic is trained by, what is read, and what is to be expected of it.

import {check} from '../check';
import {tf} from '../engine/tf';
import {club} from './club';
import {donskerVaradhan} from './donskerVaradhan';
import {infoNce} from './infoNce';
import {interpolated} from './interpolated';
import {jensenShannon} from './jensenShannon';
import {mine} from './mine';
import {nwj} from './nwj';
import {joint} from './scores';
import {smile} from './smile';
import {tuba} from './tuba';

/** Plain data, so that a study can dial it. */
export type EstimatorSettings =
  | {estimator: 'infoNce' | 'nwj' | 'donskerVaradhan' | 'mine' | 'tuba' | 'jensenShannon' | 'club'}
  /** clip: τ; null for none. */
  | {estimator: 'smile'; clip: number | null}
  | {estimator: 'interpolated'; alpha: number};

/** Estimators that {@link namedEstimator} knows. */
export const estimatorNames = [
  'infoNce',
  'nwj',
  'donskerVaradhan',
  'mine',
  'tuba',
  'jensenShannon',
  'smile',
  'interpolated',
  'club',
] as const satisfies readonly EstimatorSettings['estimator'][];

/**
 * An estimate of mutual information from a critic's scores, in nats, and the loss that trains the
 * critic.
 */
export interface Estimator {
  /** As a legend has it: 'SMILE, τ = 5'. */
  title: string;
  /** Of the truth, in expectation and for any critic. */
  bound: 'lower' | 'none';
  bias: string;
  variance: string;
  /** No estimate goes beyond, in nats, with K candidates; Infinity where there is none. */
  ceiling(k: number): number;
  /** Whether a baseline log a(x) is trained beside the critic. */
  baseline: boolean;
  /** What the best critic is more than log p(y|x)/p(y). */
  offset: number;
  /** The estimate in nats. */
  value(scores: tf.Tensor2D, logBaseline?: tf.Tensor1D): tf.Scalar;
  /** What a training step makes small, and the log of MINE's average afterwards. */
  loss(scores: tf.Tensor2D, logAverage: tf.Scalar, logBaseline?: tf.Tensor1D): {loss: tf.Scalar; logAverage: tf.Scalar};
}

type Value = Estimator['value'];

const none = () => Infinity;
const growing = 'grows like e^I';

/** @throws RangeError for an unknown name, or settings out of range. */
export function namedEstimator(settings: EstimatorSettings): Estimator {
  const byValue = (
    value: Value,
    facts: Pick<Estimator, 'title' | 'bound' | 'bias' | 'variance'> & Partial<Estimator>,
  ): Estimator => ({
    ceiling: none,
    baseline: false,
    offset: 0,
    ...facts,
    value,
    loss: (scores, logAverage, logBaseline) => ({
      loss: tf.tidy(() => value(scores, logBaseline).neg() as tf.Scalar),
      logAverage: logAverage.clone(),
    }),
  });
  const byJensenShannon = (value: Value, facts: Parameters<typeof byValue>[1]): Estimator => ({
    ...byValue(value, facts),
    loss: (scores, logAverage) => ({
      loss: tf.tidy(() => jensenShannon(scores).neg() as tf.Scalar),
      logAverage: logAverage.clone(),
    }),
  });
  switch (settings.estimator) {
    case 'infoNce':
      return byValue(infoNce, {
        title: 'InfoNCE',
        bound: 'lower',
        bias: 'large when I is near log K or above',
        variance: 'low',
        ceiling: k => Math.log(k),
      });
    case 'nwj':
      return byValue(nwj, {
        title: 'NWJ',
        bound: 'lower',
        bias: 'none with the best critic',
        variance: growing,
        offset: 1,
      });
    case 'donskerVaradhan':
      return byValue(donskerVaradhan, {
        title: 'DV',
        bound: 'none',
        bias: 'upwards, the log of a mean of few samples',
        variance: growing,
      });
    case 'mine':
      return {
        ...byValue(donskerVaradhan, {
          title: 'MINE',
          bound: 'none',
          bias: 'as DV; its gradient has little',
          variance: growing,
        }),
        loss: mine,
      };
    case 'tuba':
      return byValue(tuba, {
        title: 'TUBA',
        bound: 'lower',
        bias: 'none with the best critic and baseline',
        variance: growing,
        baseline: true,
      });
    case 'jensenShannon':
      return byJensenShannon(scores => tuba(scores), {
        title: 'JS',
        bound: 'lower',
        bias: 'none with the best critic',
        variance: growing,
      });
    case 'smile': {
      const {clip} = settings;
      check(clip === null || clip > 0, 'namedEstimator', `expected clip > 0 or null, got ${clip}`);
      return byJensenShannon(scores => smile(scores, {clip: clip ?? Infinity}), {
        title: `SMILE, τ = ${clip ?? '∞'}`,
        bound: 'none',
        bias: 'upwards, the more the smaller τ',
        variance: clip === null ? growing : 'grows like e^τ at most',
      });
    }
    case 'club':
      return {
        ...byValue(club, {
          title: 'CLUB, learned',
          bound: 'none',
          bias: 'upwards with the true conditional; a learned one is no bound',
          variance: 'low',
        }),
        loss: (scores, logAverage) => ({
          loss: tf.tidy(() => joint(scores).mean().neg() as tf.Scalar),
          logAverage: logAverage.clone(),
        }), // likelihood of q(y|x)
      };
    case 'interpolated': {
      const {alpha} = settings;
      check(alpha > 0 && alpha < 1, 'namedEstimator', `expected alpha between 0 and 1, got ${alpha}`);
      return byValue((scores, logBaseline) => interpolated(scores, {alpha}, logBaseline), {
        title: `I_α, α = ${alpha}`,
        bound: 'lower',
        bias: 'large when I is near log(K/α) or above',
        variance: 'between those of InfoNCE and TUBA',
        ceiling: k => Math.log(k / alpha),
        baseline: true,
      });
    }
    default:
      settings satisfies never;
      check(
        false,
        'namedEstimator',
        `expected an estimator of ${estimatorNames.join(', ')}, got '${(settings as {estimator: string}).estimator}'`,
      );
  }
}
