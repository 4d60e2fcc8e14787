// The uniformity of points that cover the unit sphere evenly: what the uniformity of embeddings is
// measured against. Wang & Isola 2020, "Understanding Contrastive Representation Learning through
// Alignment and Uniformity on the Hypersphere", arXiv:2005.10242, sec. 4.1.2.

import {check, whole} from '../check';
import type {UniformityOptions} from './uniformity';

/** Intervals of the sum over angles: the error is below 1e-6 nats from 2 dimensions to 10,000. */
const INTERVALS = 20_000;

/**
 * −log of the mean of exp(−t ‖x − y‖²) over two independent, evenly spread directions. Few points
 * can exceed it: `uniformity` leaves out the pair of a point with itself.
 *
 * @param dimensions Of an embedding, at least 2: 2 for the circle.
 * @returns Nats; at t = 2: 1.5750 for the circle (4 − log I₀(4)), 2.0798 for the sphere (log(8/(1 −
 * e⁻⁸))), 3.9375 for 128 dimensions; toward 2t for many.
 * @throws RangeError when there are fewer than 2 dimensions, or t ≤ 0.
 */
export function evenUniformity(dimensions: number, {t = 2}: UniformityOptions = {}): number {
  whole('evenUniformity', 'dimensions', dimensions, 2);
  check(t > 0, 'evenUniformity', `expected t > 0, got ${t}`);
  let [sum, weights] = [0, 0];
  for (let i = 0; i <= INTERVALS; i++) {
    const angle = (Math.PI * i) / INTERVALS; // between the two; ‖x − y‖² = 2 − 2 cos
    const weight = Math.sin(angle) ** (dimensions - 2) * (i === 0 || i === INTERVALS ? 0.5 : 1);
    weights += weight;
    sum += weight * Math.exp(2 * t * (Math.cos(angle) - 1));
  }
  return -Math.log(sum / weights);
}
