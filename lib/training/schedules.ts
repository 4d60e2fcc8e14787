// Learning rate by the share of the run that is done.

import {check} from '../check';
import {tf} from '../engine/tf';

/** From the share of the run that is done, 0 to 1, to the learning rate. Made of tensor operations, so that it can be part of a recorded step. */
export type Schedule = (progress: tf.Scalar) => tf.Scalar;

export interface WarmupCosineOptions {
  /** Learning rate at the end of the warm-up. */
  peak: number;
  /** Share of the run in which the rate rises evenly from 0, for example 10 of 100 epochs: 0.1. @default 0 */
  warmup?: number;
  /** Learning rate at the end of the run. @default 0 */
  end?: number;
}

/**
 * An even rise from 0 to `peak`, then half a cosine down to `end`. Loshchilov & Hutter 2017, arXiv:1608.03983; Goyal et al. 2017, arXiv:1706.02677.
 *
 * @returns At 0: 0 (`peak` without warm-up); at `warmup`: `peak`; half-way from there to 1: (`peak` + `end`)/2; at 1: `end`.
 */
export function warmupCosine({peak, warmup = 0, end = 0}: WarmupCosineOptions): Schedule {
  check(peak > 0 && end >= 0, 'warmupCosine', `expected peak > 0 and end ≥ 0, got ${peak} and ${end}`);
  check(warmup >= 0 && warmup < 1, 'warmupCosine', `expected warmup as a share of the run, 0 to below 1, got ${warmup}`);
  return progress => tf.tidy(() => {
    const falling = progress.sub(warmup).div(1 - warmup).mul(Math.PI).cos().add(1).mul((peak - end) / 2).add(end);
    return (warmup === 0 ? falling : tf.where(progress.less(warmup), progress.mul(peak / warmup), falling)) as tf.Scalar;
  });
}

export interface StepScheduleOptions {
  /** Learning rate until the first drop. */
  peak: number;
  /** At which share of the run the rate is multiplied by which factor, for example [[0.6, 0.1], [0.8, 0.1]]. */
  drops: readonly (readonly [share: number, factor: number])[];
}

/** A constant rate that drops at given shares of the run. @returns At a drop's share: the rate after it. */
export function stepSchedule({peak, drops}: StepScheduleOptions): Schedule {
  check(peak > 0, 'stepSchedule', `expected peak > 0, got ${peak}`);
  for (const [share, factor] of drops) check(share > 0 && share < 1 && factor > 0, 'stepSchedule', `expected drops as [share of the run, factor > 0], got [${share}, ${factor}]`);
  return progress => tf.tidy(() => drops.reduce<tf.Scalar>(
    (rate, [share, factor]) => rate.mul(tf.where(progress.greaterEqual(share), factor, 1)), tf.scalar(peak)));
}

/** The same rate for the whole run. */
export function constant(rate: number): Schedule {
  check(rate >= 0, 'constant', `expected a rate ≥ 0, got ${rate}`);
  return () => tf.scalar(rate);
}
