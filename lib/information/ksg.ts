// KSG: mutual information from distances to nearest neighbours. Nothing is trained; for few dimensions.
// Kraskov, Stögbauer & Grassberger 2004, "Estimating Mutual Information", arXiv:cond-mat/0305641, eq. 8.

import {check} from '../check';

export interface KsgOptions {
  /** Neighbours, from 1 to n − 1: few have less bias, many less variance. @default 3 */
  k?: number;
  /** Of the logarithm: Math.E for nats, 2 for bits, NPEET's default. @default Math.E */
  base?: number;
}

/** A point for each sample. */
export type Points = readonly (readonly number[])[];

/** Subtracted from a distance so that "at most" means "below": NPEET's. */
const BELOW = 1e-15;

/**
 * ψ(k) + ψ(n) − mean of ψ(n_x) − mean of ψ(n_y), in double precision with distances by the largest coordinate. n_x counts the points whose x lies nearer than the k-th neighbour in both coordinates together, the
 * point itself included. Equal points have no density: add noise of about 1e-10 where values repeat. Compares all pairs: 2,000 points take about a second.
 *
 * @param x One point a sample, all of one width; and `y` of the same samples.
 * @returns In nats; for independent samples about 0, also below it.
 * @throws RangeError when there are not as many x as y, too few of them for k, or a value is not finite.
 * @see NPEET, gregversteeg/NPEET, npeet/entropy_estimators.py (mi).
 */
export function ksg(x: Points, y: Points, {k = 3, base = Math.E}: KsgOptions = {}): number {
  const n = x.length;
  check(n === y.length, 'ksg', `expected as many x as y, got ${n} and ${y.length}`);
  check(Number.isInteger(k) && k >= 1 && k < n, 'ksg', `expected k from 1 to ${n - 1} for ${n} samples, got ${k}`);
  check(base > 1, 'ksg', `expected a base above 1, got ${base}`);
  const [a, b] = [flat('x', x), flat('y', y)];
  const ψ = digammas(n + 1);
  let sum = 0;
  const [dx, dy, nearest] = [new Float64Array(n), new Float64Array(n), new Float64Array(k)];
  for (let i = 0; i < n; i++) {
    nearest.fill(Infinity);
    for (let j = 0; j < n; j++) {
      dx[j] = distance(a, i, j);
      dy[j] = distance(b, i, j);
      if (j !== i) insert(nearest, Math.max(dx[j]!, dy[j]!));
    }
    const radius = nearest[k - 1]! - BELOW;
    let [nx, ny] = [0, 0];
    for (let j = 0; j < n; j++) {
      if (dx[j]! <= radius) nx++;
      if (dy[j]! <= radius) ny++;
    }
    check(nx > 0 && ny > 0, 'ksg', `expected samples that differ, got sample ${i} ${k + 1} times: add noise of about 1e-10`);
    sum += ψ[nx]! + ψ[ny]!;
  }
  return (ψ[k]! + ψ[n]! - sum / n) / Math.log(base);
}

type Flat = {values: Float64Array; width: number};

function flat(name: string, points: Points): Flat {
  const width = points[0]!.length;
  const uneven = points.findIndex(point => point.length !== width || !point.every(Number.isFinite));
  check(uneven < 0, 'ksg', `expected finite points of one width, got ${name}[${uneven}] = [${points[uneven]}]`);
  return {values: Float64Array.from(points.flat()), width};
}

function distance({values, width}: Flat, i: number, j: number): number {
  let most = 0;
  for (let d = 0; d < width; d++) most = Math.max(most, Math.abs(values[i * width + d]! - values[j * width + d]!));
  return most;
}

/** Puts a value among the smallest so far, which are in order. */
function insert(smallest: Float64Array, value: number): void {
  let at = smallest.length - 1;
  if (value >= smallest[at]!) return;
  for (; at > 0 && smallest[at - 1]! > value; at--) smallest[at] = smallest[at - 1]!;
  smallest[at] = value;
}

/** ψ of the whole numbers below `end`: −γ + 1 + 1/2 + … + 1/(n − 1). */
function digammas(end: number): Float64Array {
  const ψ = new Float64Array(end);
  ψ[1] = -0.5772156649015329;
  for (let n = 2; n < end; n++) ψ[n] = ψ[n - 1]! + 1 / (n - 1);
  return ψ;
}
