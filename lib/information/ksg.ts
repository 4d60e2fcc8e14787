// KSG: mutual information from distances to nearest neighbors. Nothing is trained; for few
// dimensions. Kraskov, Stögbauer & Grassberger 2004, "Estimating Mutual Information",
// arXiv:cond-mat/0305641, eq. 8.

import {check} from '../check';
import {checkedPoints, countBelow, digammas, distancesFrom, nearestOthers, sizeOf, type Points} from './points';

/** Options of {@link ksg}. */
export interface KsgOptions {
  /** Neighbors, from 1 to n − 1: few have less bias, many less variance. @default 3 */
  k?: number;
  /** Of the logarithm: Math.E for nats, 2 for bits, NPEET's default. @default Math.E */
  base?: number;
}

/**
 * ψ(k) + ψ(n) − mean of ψ(n_x) − mean of ψ(n_y), in double precision with distances by the largest
 * coordinate. n_x counts the points whose x lies nearer than the k-th neighbor in both coordinates
 * together, the point itself included. Equal points have no density: add noise of about 1e-10 of
 * the values where they repeat. Both multiplied by one number give the same. Compares all pairs:
 * 2,000 points take about a second.
 *
 * @param x One point a sample, all of one width; and `y` of the same samples.
 * @returns In nats; for independent samples about 0, also below it.
 * @throws RangeError when there are not as many x as y, too few of them for k, or a value is not
 * finite.
 * @see NPEET, gregversteeg/NPEET, npeet/entropy_estimators.py (mi).
 *
 * @example
 * ```ts
 * import {ksg} from 'ssl-workbench';
 * const x = Array.from({length: 500}, () => [Math.random()]);
 * const y = x.map(([value]) => [value! + Math.random()]);
 * console.log(ksg(x, y), ksg(x, y, {base: 2})); // nats, bits
 * ```
 */
export function ksg(x: Points, y: Points, {k = 3, base = Math.E}: KsgOptions = {}): number {
  const {n, a, b} = checkedPoints('ksg', x, y, {k, base});
  const ψ = digammas(n + 1);
  const [dx, dy] = [new Float64Array(n), new Float64Array(n)];
  let sum = 0;
  for (let i = 0; i < n; i++) {
    distancesFrom(a, i, dx);
    distancesFrom(b, i, dy);
    const size = Math.max(sizeOf(a, i), sizeOf(b, i));
    const farthest = nearestOthers(i, k, dx, dy, size)[k - 1]!;
    const radius = Math.max(dx[farthest]!, dy[farthest]!);
    const [nx, ny] = [countBelow(dx, radius, size), countBelow(dy, radius, size)];
    check(
      nx > 0 && ny > 0,
      'ksg',
      `expected samples that differ, got sample ${i} ${k + 1} times: add noise of about 1e-10`,
    );
    sum += ψ[nx]! + ψ[ny]!;
  }
  return (ψ[k]! + ψ[n]! - sum / n) / Math.log(base);
}
