// A truth that climbs while a critic is trained: 2, 4, 6, 8 and 10 nats.
// Poole et al. 2019 and Song & Ermon 2020, ermongroup/smile-mi-estimator, utils.py.

import {whole} from '../check';

/**
 * To the nearest whole number, halves to the even one, as numpy rounds; Math.round rounds them up.
 */
const roundHalfToEven = (value: number): number => {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
};

/**
 * 2 · round(linspace(0.5, 5.5 − 1e-9, steps)) nats at each step. Since 0.5 rounds to the even 0,
 * the very first step has no information: with 20,000 steps 0 nats once, 2 nats 3,999 times, the
 * others 4,000 times.
 *
 * @param steps At least 2.
 */
export function staircase(steps: number): Float32Array {
  whole('staircase', 'steps', steps, 2);
  return Float32Array.from({length: steps}, (_, step) => 2 * roundHalfToEven(0.5 + ((5 - 1e-9) * step) / (steps - 1)));
}
