// The temperature over a training: one value, a cosine between two, or learned with the weights.

import {check} from '../../check';
import {tf} from '../../engine/tf';
import type {Params} from '../../module';
import {cosine} from '../../schedules';

/**
 * τ, above 0; or how it runs, as plain data.
 *
 * `cosine`: from `from` to `to` and back, `periods` times in the training; half a period is one
 * way. Kukleva et al. 2023, "Temperature Schedules for Self-Supervised Contrastive Methods on
 * Long-Tail Data", arXiv:2303.13664, eq. 1.
 *
 * `learned`: starts at `start` and is trained as log(1/τ), kept at or above 0.01. Radford et al.
 * 2021 (CLIP), arXiv:2103.00020, sec. 2.5, which starts at 0.07.
 */
export type TemperatureSchedule =
  number | {schedule: 'cosine'; from: number; to: number; periods: number} | {schedule: 'learned'; start: number};

/** The smallest τ that is learned: logits are never multiplied by more than 100. */
const LOWEST = 0.01;

/** What a method does with its temperature. */
export interface TemperatureOfStep {
  /** Empty unless τ is learned. */
  init(): Params;
  /** τ at this share of the training, 0 to 1. */
  at(params: Params, progress: tf.Scalar): tf.Scalar;
  constrain(params: Params): Params;
}

/** @throws RangeError when a τ is not above 0, or periods are not. */
export function temperatureSchedule(temperature: TemperatureSchedule): TemperatureOfStep {
  const above = (value: number) => check(value > 0, 'temperature', `expected temperature > 0, got ${value}`);
  if (typeof temperature === 'number') {
    above(temperature);
    return {init: () => ({}), at: () => tf.scalar(temperature), constrain: params => params};
  }
  switch (temperature.schedule) {
    case 'cosine': {
      const {from, to, periods} = temperature;
      [from, to].forEach(above);
      const curve = cosine({from, to, periods});
      return {init: () => ({}), at: (_, progress) => curve(progress), constrain: params => params};
    }
    case 'learned': {
      const {start} = temperature;
      check(start >= LOWEST, 'temperature', `expected a start of at least ${LOWEST}, got ${start}`);
      return {
        init: () => ({logScale: tf.scalar(-Math.log(start))}),
        at: ({logScale}) => tf.tidy(() => (logScale as tf.Scalar).neg().exp() as tf.Scalar),
        constrain: ({logScale}) => ({logScale: tf.tidy(() => (logScale as tf.Scalar).minimum(-Math.log(LOWEST)))}),
      };
    }
    default:
      return temperature satisfies never;
  }
}

/** A learned temperature is no weight: it does not decay, and LARS does not scale its steps. */
export const temperatureRule = (name: string) => (name.startsWith('temperature.') ? {decay: 0, adapt: false} : {});
