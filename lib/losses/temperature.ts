// The temperature of a contrastive loss: a number that is fixed for the run, or a tensor that moves
// or is learned.

import {check} from '../check';
import type {tf} from '../engine/tf';

/** τ > 0. */
export type Temperature = number | tf.Scalar;

/** @throws RangeError unless τ > 0; a tensor's value is not read. */
export function checkTemperature(caller: string, temperature: Temperature): void {
  if (typeof temperature === 'number') check(temperature > 0, caller, `expected temperature > 0, got ${temperature}`);
}
