// Between which values the loss of a training moves: what it is worth when it says nothing, and
// what can be reached.

import {check} from '../check';

export type LossRange = {
  /** When all projections are alike. */
  chance: number;
  /**
   * About what is reachable: views agree, and other images are orthogonal. Without it the loss is
   * not judged.
   */
  floor?: number;
};

/**
 * Of the cross-entropy of picking one of K candidates by its cosine over τ: ln K, and log(1 + (K −
 * 1) e^(−1/τ)).
 *
 * @returns Nats. For K = 511 and τ = 1: 6.24 and 5.24.
 * @throws RangeError when there are fewer than 2 candidates, or τ ≤ 0.
 */
export function pickingRange(candidates: number, temperature: number): Required<LossRange> {
  check(
    candidates >= 2 && temperature > 0,
    'pickingRange',
    `expected at least 2 candidates and temperature > 0, got ${candidates} and ${temperature}`,
  );
  return {chance: Math.log(candidates), floor: Math.log1p((candidates - 1) * Math.exp(-1 / temperature))};
}
