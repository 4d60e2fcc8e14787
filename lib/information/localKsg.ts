// Local KSG: where neighbors lie along a line, the box round them is mostly empty; its volume is
// corrected by that of the box along their principal axes. Gao, Ver Steeg & Galstyan 2015,
// "Efficient Estimation of Mutual Information for Strongly Dependent Variables", arXiv:1411.2003
// (LNC); Kraskov, Stögbauer & Grassberger 2004, arXiv:cond-mat/0305641, eq. 9.

import {EigenvalueDecomposition, Matrix} from 'ml-matrix';
import {check} from '../check';
import type {KsgOptions} from './ksg';
import {
  checkedPoints,
  countBelow,
  digammas,
  distancesFrom,
  nearestOthers,
  sizeOf,
  slack,
  type Flat,
  type Points,
} from './points';

/** Options of {@link localKsg}. */
export interface LocalKsgOptions extends KsgOptions {
  /**
   * Neighbors, from 1 to n − 1; more than dimensions, or every box along the axes is flat.
   * @default 5
   */
  k?: number;
  /**
   * α, above 0 and at most 1: a box along the axes takes the place of the other where its volume is
   * less than this share of it. Too large a share sees dependence in samples of independent
   * variables. 0.25 is the authors' for two dimensions and k = 5; more neighbors allow more, more
   * dimensions ask for much less (their table by k and dimension).
   * @default 0.25
   */
  alpha?: number;
}

/**
 * KSG of the second kind (a box with a side for x and a side for y), plus the mean of log(volume of
 * the box / volume along the axes) over the samples where the latter is below α of the former.
 * Double precision. Finds strong dependence with few samples, where {@link ksg} stays far below: it
 * needs about e^I of them.
 *
 * @param x One point a sample, all of one width; and `y` of the same samples. The authors'
 * variables have one dimension each; of more, a box's side is the same in all dimensions of one
 * variable.
 * @returns In nats; for independent samples about 0.
 * @throws RangeError as {@link ksg}; when α is outside its range, or samples lie exactly on a line.
 * @see BiuBiuBiLL/NPEET_LNC, lnc.py (mi_LNC).
 */
export function localKsg(x: Points, y: Points, {k = 5, alpha = 0.25, base = Math.E}: LocalKsgOptions = {}): number {
  const {n, a, b} = checkedPoints('localKsg', x, y, {k, base});
  check(alpha > 0 && alpha <= 1, 'localKsg', `expected alpha above 0 and at most 1, got ${alpha}`);
  const ψ = digammas(n + 1);
  const [dx, dy] = [new Float64Array(n), new Float64Array(n)];
  let [sum, correction] = [0, 0];
  for (let i = 0; i < n; i++) {
    distancesFrom(a, i, dx);
    distancesFrom(b, i, dy);
    const [sx, sy] = [sizeOf(a, i), sizeOf(b, i)];
    const neighbors = nearestOthers(i, k, dx, dy, Math.max(sx, sy));
    const [rx, ry] = [dx, dy].map(distances => Math.max(...Array.from(neighbors, j => distances[j]!))) as [
      number,
      number,
    ];
    const [nx, ny] = [countBelow(dx, rx, sx), countBelow(dy, ry, sy)];
    check(
      nx > 0 && ny > 0,
      'localKsg',
      `expected samples that differ, got sample ${i} ${k + 1} times in one variable: add noise of about 1e-10`,
    );
    sum += ψ[nx]! + ψ[ny]!;
    const box = a.width * Math.log(rx) + b.width * Math.log(ry);
    const along = logVolumeAlongAxes(i, neighbors, a, b, slack(Math.max(sx, sy), Math.max(rx, ry)));
    check(
      Number.isFinite(along),
      'localKsg',
      `expected more neighbors than the ${a.width + b.width} dimensions and none on a line, got sample ` +
        `${i} with ${k} that fill no volume: add noise of about 1e-10, or take more`,
    );
    if (along < box + Math.log(alpha)) correction += box - along;
  }
  return (ψ[k]! - 1 / k + ψ[n]! - (sum - correction) / n) / Math.log(base);
}

/**
 * Log of the product of how far neighbors reach from sample i along each principal axis of theirs.
 *
 * @param flat What counts as no reach at all.
 */
function logVolumeAlongAxes(i: number, neighbors: Int32Array, a: Flat, b: Flat, flat: number): number {
  const offsets = new Matrix(
    Array.from(neighbors, j =>
      [a, b].flatMap(({values, width}) =>
        Array.from({length: width}, (_, d) => values[j * width + d]! - values[i * width + d]!),
      ),
    ),
  );
  const axes = new EigenvalueDecomposition(offsets.transpose().mmul(offsets), {assumeSymmetric: true})
    .eigenvectorMatrix;
  const reach = Matrix.abs(offsets.mmul(axes));
  return reach.max('column').reduce((log, most) => log + Math.log(most > flat ? most : 0), 0);
}
