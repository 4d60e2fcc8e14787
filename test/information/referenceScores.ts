// The score matrices of test/reference/information.py.

import {tf} from '../../lib/engine/tf';
import {hashed} from '../reference/hashed';
import reference from '../reference/information.json';

const {k} = reference;

/** Each with what the formulas of other people's code make of it. */
export const fixedScores = (['small', 'large'] as const).map(name => ({
  name,
  scores: tf.tensor2d(hashed(`${name} scores`, [k, k], reference.estimates[name].scale), [k, k]),
  logBaseline: tf.tensor1d(hashed('baseline', [k], 1)),
  expected: reference.estimates[name],
}));

/** To 1e-5 of the larger of 1 and the number expected. */
export function isNear(value: {dataSync(): ArrayLike<number>}, expected: number, what: string): void {
  const got = value.dataSync()[0]!;
  if (!(Math.abs(got - expected) <= 1e-5 * Math.max(1, Math.abs(expected))))
    throw new Error(`${what}: expected ${expected}, got ${got}`);
}
