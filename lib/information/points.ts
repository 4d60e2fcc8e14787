// Points of two variables and their distances in double precision: what estimators by nearest
// neighbors are made of.

import {check} from '../check';

/** A point for each sample. */
export type Points = readonly (readonly number[])[];

/** The same, row after row. */
export type Flat = {values: Float64Array; width: number};

/**
 * @throws RangeError when there are not as many x as y, too few of them for k neighbors, the base
 * of a logarithm is not above 1, or a value is not finite.
 */
export function checkedPoints(
  caller: string,
  x: Points,
  y: Points,
  {k, base}: {k: number; base: number},
): {n: number; a: Flat; b: Flat} {
  const n = x.length;
  check(n === y.length, caller, `expected as many x as y, got ${n} and ${y.length}`);
  check(Number.isInteger(k) && k >= 1 && k < n, caller, `expected k from 1 to ${n - 1} for ${n} samples, got ${k}`);
  check(base > 1, caller, `expected a base above 1, got ${base}`);
  return {n, a: flat(caller, 'x', x), b: flat(caller, 'y', y)};
}

function flat(caller: string, name: string, points: Points): Flat {
  const width = points[0]!.length;
  const uneven = points.findIndex(point => point.length !== width || !point.every(Number.isFinite));
  check(uneven < 0, caller, `expected finite points of one width, got ${name}[${uneven}] = [${points[uneven]}]`);
  return {values: Float64Array.from(points.flat()), width};
}

/** Distances of point i to all points by the largest coordinate, into `into` [n]. */
export function distancesFrom({values, width}: Flat, i: number, into: Float64Array): void {
  for (let j = 0; j < into.length; j++) {
    let most = 0;
    for (let d = 0; d < width; d++) most = Math.max(most, Math.abs(values[i * width + d]! - values[j * width + d]!));
    into[j] = most;
  }
}

/** NPEET's bound where coordinates are about 1; a few roundings of a double. */
const ROUNDING = 1e-15;

/** Largest coordinate of point i, in size. */
export function sizeOf({values, width}: Flat, i: number): number {
  let most = 0;
  for (let d = 0; d < width; d++) most = Math.max(most, Math.abs(values[i * width + d]!));
  return most;
}

/**
 * By how much distances of a point from others may differ and count as equal: distances of values
 * on a grid are often equal, and rounding tells them apart in one unit and not in another.
 *
 * @param size Of the point.
 * @param radius How far the others lie: their coordinates are of up to `size + radius`.
 */
export const slack = (size: number, radius: number): number => ROUNDING * (size + radius);

/** How many of the distances from a point of this size are below `radius`. */
export function countBelow(distances: Float64Array, radius: number, size: number): number {
  let count = 0;
  for (const distance of distances) if (distance <= radius - slack(size, radius)) count++;
  return count;
}

/** ψ of the whole numbers below `end`: −γ + 1 + 1/2 + … + 1/(n − 1). */
export function digammas(end: number): Float64Array {
  const ψ = new Float64Array(end);
  ψ[1] = -0.5772156649015329;
  for (let n = 2; n < end; n++) ψ[n] = ψ[n - 1]! + 1 / (n - 1);
  return ψ;
}
/**
 * Indices of the k nearest others of point i, of this size, by the larger of two distances, nearest
 * first; of equal ones the first.
 */
export function nearestOthers(i: number, k: number, dx: Float64Array, dy: Float64Array, size: number): Int32Array {
  const found = new Int32Array(k).fill(-1);
  const far = new Float64Array(k).fill(Infinity);
  for (let j = 0; j < dx.length; j++) {
    const distance = Math.max(dx[j]!, dy[j]!);
    const above = distance + slack(size, distance);
    if (j === i || above >= far[k - 1]!) continue;
    let at = k - 1;
    for (; at > 0 && far[at - 1]! > above; at--) {
      far[at] = far[at - 1]!;
      found[at] = found[at - 1]!;
    }
    far[at] = distance;
    found[at] = j;
  }
  return found;
}
