// A number that runs with the training: a learning rate, a teacher's momentum, a temperature.

import {check} from './check';
import {tf} from './engine/tf';

/**
 * From the share of the run that is done, 0 to 1, to the number. Made of tensor operations, so that
 * it can be part of a recorded step.
 */
export type Schedule = {
  (progress: tf.Scalar): tf.Scalar;
  /** The largest number of the run. */
  readonly peak: number;
};

const schedule = (peak: number, at: (progress: tf.Scalar) => tf.Scalar): Schedule => Object.assign(at, {peak});

/** Options of {@link warmupCosine}. */
export interface WarmupCosineOptions {
  /** Learning rate at the end of the warm-up. */
  peak: number;
  /**
   * Share of the run in which the rate rises evenly from 0, for example 10 of 100 epochs: 0.1.
   * @default 0
   */
  warmup?: number;
  /** Learning rate at the end of the run. @default 0 */
  end?: number;
}

/**
 * An even rise from 0 to `peak`, then half a cosine down to `end`. Loshchilov & Hutter 2017,
 * arXiv:1608.03983; Goyal et al. 2017, arXiv:1706.02677.
 *
 * @returns At 0: 0 (`peak` without warm-up); at `warmup`: `peak`; half-way from there to 1: (`peak`
 * + `end`)/2; at 1: `end`.
 */
export function warmupCosine({peak, warmup = 0, end = 0}: WarmupCosineOptions): Schedule {
  check(peak > 0 && end >= 0, 'warmupCosine', `expected peak > 0 and end ≥ 0, got ${peak} and ${end}`);
  check(
    warmup >= 0 && warmup < 1,
    'warmupCosine',
    `expected warmup as a share of the run, 0 to below 1, got ${warmup}`,
  );
  return schedule(Math.max(peak, end), progress =>
    tf.tidy(() => {
      const falling = progress
        .sub(warmup)
        .div(1 - warmup)
        .mul(Math.PI)
        .cos()
        .add(1)
        .mul((peak - end) / 2)
        .add(end);
      return (
        warmup === 0 ? falling : tf.where(progress.less(warmup), progress.mul(peak / warmup), falling)
      ) as tf.Scalar;
    }),
  );
}

/** Options of {@link stepSchedule}. */
export interface StepScheduleOptions {
  /** Learning rate until the first drop. */
  peak: number;
  /**
   * At which share of the run the rate is multiplied by which factor, for example [[0.6, 0.1],
   * [0.8, 0.1]].
   */
  drops: readonly (readonly [share: number, factor: number])[];
}

/**
 * A constant rate that drops at given shares of the run.
 * @returns At a drop's share: the rate after it.
 */
export function stepSchedule({peak, drops}: StepScheduleOptions): Schedule {
  check(peak > 0, 'stepSchedule', `expected peak > 0, got ${peak}`);
  for (const [share, factor] of drops)
    check(
      share > 0 && share < 1 && factor > 0,
      'stepSchedule',
      `expected drops as [share of the run, factor > 0], got [${share}, ${factor}]`,
    );
  const inOrder = [...drops].sort(([a], [b]) => a - b);
  const rates = inOrder.map((_, i) => inOrder.slice(0, i + 1).reduce((rate, [, factor]) => rate * factor, peak));
  return schedule(Math.max(peak, ...rates), progress =>
    tf.tidy(() =>
      drops.reduce<tf.Scalar>(
        (rate, [share, factor]) => rate.mul(tf.where(progress.greaterEqual(share), factor, 1)),
        tf.scalar(peak),
      ),
    ),
  );
}

/** The same number for the whole run. */
export function constant(value: number): Schedule {
  check(value >= 0, 'constant', `expected a number ≥ 0, got ${value}`);
  return schedule(value, () => tf.scalar(value));
}

/** A number that may stay or run: one that stays becomes {@link constant}. */
export function scheduled(value: number | Schedule): Schedule {
  return typeof value === 'number' ? constant(value) : value;
}

/** Options of {@link cosine}. */
export interface CosineOptions {
  from: number;
  to: number;
  /** How often it goes to `to` and back; half a period is one way. @default 0.5 */
  periods?: number;
}

/**
 * A cosine between two numbers, without a warm-up: the momentum of BYOL's and MoCo v3's teachers
 * (to 1), DINO's weight decay.
 *
 * @returns At 0: `from`; half-way along half a period: (`from` + `to`)/2; at its end: `to`.
 */
export function cosine({from, to, periods = 0.5}: CosineOptions): Schedule {
  check(from >= 0 && to >= 0, 'cosine', `expected from and to ≥ 0, got ${from} and ${to}`);
  check(periods > 0, 'cosine', `expected periods > 0, got ${periods}`);
  // `to` itself after half a period
  const furthest = ((Math.cos(2 * Math.PI * Math.min(periods, 0.5)) + 1) * (from - to)) / 2 + to;
  return schedule(Math.max(from, furthest), progress =>
    tf.tidy(
      () =>
        progress
          .mul(2 * Math.PI * periods)
          .cos()
          .add(1)
          .mul((from - to) / 2)
          .add(to) as tf.Scalar,
    ),
  );
}

/** Options of {@link ramp}. */
export interface RampOptions {
  from: number;
  to: number;
  /** Share of the run after which `to` stays. */
  share: number;
}

/** An even way from one number to another, which then stays: the temperature of DINO's teacher. */
export function ramp({from, to, share}: RampOptions): Schedule {
  check(from >= 0 && to >= 0, 'ramp', `expected from and to ≥ 0, got ${from} and ${to}`);
  check(share > 0 && share <= 1, 'ramp', `expected a share of the run above 0, at most 1, got ${share}`);
  return schedule(Math.max(from, to), progress =>
    tf.tidy(
      () =>
        progress
          .div(share)
          .minimum(1)
          .mul(to - from)
          .add(from) as tf.Scalar,
    ),
  );
}
