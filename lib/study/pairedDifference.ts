// How far one setting of a study is above another, and how sure that is. Differences vary with the
// test images and with the seeds, and both count: a crossed design with two random effects.
// Searle, Casella & McCulloch 1992, "Variance Components"; Student 1908.

import {jStat} from 'jstat';
import type {MeanInterval} from '../analysis/meanInterval';
import {check} from '../check';
import {mean} from '../mean';
import {hitDifferences} from './hitDifferences';
import type {MeasuredRow} from './measuredRun';

/** A row whose hits are known. */
export type HitRow = Pick<MeasuredRow, 'seed' | 'hits' | 'dataset'>;

/** Options of {@link pairedDifference}. */
export interface PairedDifferenceOptions {
  /** [n] family of each test image: `dataset.families` at its test split. @default each its own */
  families?: ArrayLike<number>;
  /** Accuracies that are compared. @default 'linear' */
  reader?: keyof MeasuredRow['hits'];
}

/** Variances of the differences between two settings, and of what they are means. */
export interface DifferenceComponents {
  mean: number;
  seeds: number;
  families: number;
  /** Between families, between seeds, and what is left. With one seed the rest is among families. */
  variances: {families: number; seeds: number; rest: number};
}

/**
 * Mean difference of accuracy over the seeds that both settings have, a share, with its 95 %
 * interval over seeds and families of test images, by Satterthwaite's degrees of freedom. With one seed
 * in common the interval is that of the test images alone; `n` counts the seeds.
 *
 * @throws RangeError when they have no seed in common, a seed is there twice, test sets differ, or
 * families are not as many as test images.
 */
export function pairedDifference(
  a: readonly HitRow[],
  b: readonly HitRow[],
  options: PairedDifferenceOptions = {},
): MeanInterval {
  const common = a.map(({seed}) => seed).filter(seed => b.some(row => row.seed === seed));
  const of = (rows: readonly HitRow[]) => rows.filter(({seed}) => common.includes(seed));
  const components = differenceComponents(of(a), of(b), options);
  const half = halfWidth(components, components.seeds);
  return {mean: components.mean, low: components.mean - half, high: components.mean + half, n: components.seeds};
}

/**
 * Half of the 95 % interval with so many seeds, Infinity for ever so many: of a t-distribution whose
 * degrees of freedom are Satterthwaite's (1946, Biometrics Bulletin 2(6)) for the sum of mean squares
 * that estimates the variance. One seed says nothing of seeds, and is taken for all there are.
 */
export function halfWidth({families: F, variances: {families, seeds: between, rest}}: DifferenceComponents, S: number) {
  if (S === 1 || S === Infinity) return student(F - 1) * Math.sqrt(families / F);
  const squares = {
    seeds: {mean: F * between + rest, freedom: S - 1},
    families: {mean: S * families + rest, freedom: F - 1},
    rest: {mean: rest, freedom: (S - 1) * (F - 1)},
  };
  const sum = squares.seeds.mean + squares.families.mean - rest;
  if (sum === 0) return 0;
  const freedom = sum ** 2 / Object.values(squares).reduce((all, one) => all + one.mean ** 2 / one.freedom, 0);
  return student(freedom) * Math.sqrt(sum / (S * F));
}

const student = (freedom: number) => jStat.studentt.inv(0.975, freedom);

/**
 * @param a, b The same seeds of each setting.
 * @throws RangeError as {@link pairedDifference}.
 */
export function differenceComponents(
  a: readonly HitRow[],
  b: readonly HitRow[],
  {families, reader = 'linear'}: PairedDifferenceOptions = {},
): DifferenceComponents {
  const images = hitDifferences(a, b, reader).length; // demands of rows are its
  check(
    families === undefined || families.length === images,
    'pairedDifference',
    `expected a family for each of ${images} test images, got ${families?.length}`,
  );
  const table = a.map(row => {
    const other = b.filter(({seed}) => seed === row.seed);
    return familyMeans(hitDifferences([row], other, reader), families);
  });
  return {
    mean: mean(table.map(mean)),
    seeds: table.length,
    families: table[0]!.length,
    variances: varianceComponents(table),
  };
}

/** Mean of each family, in the order in which they first come; families count alike, whatever their size. */
function familyMeans(values: Float64Array, families?: ArrayLike<number>): number[] {
  if (!families) return [...values];
  const members = new Map<number, number[]>();
  values.forEach((value, i) => {
    const known = members.get(families[i]!);
    if (known) known.push(value);
    else members.set(families[i]!, [value]);
  });
  return [...members.values()].map(mean);
}

/** Variances of a crossed table [seeds][families], by its mean squares; none below 0. */
function varianceComponents(table: readonly number[][]): DifferenceComponents['variances'] {
  const [S, F] = [table.length, table[0]!.length];
  const ofSeed = table.map(mean);
  const ofFamily = Array.from({length: F}, (_, f) => mean(table.map(row => row[f]!)));
  const all = mean(ofSeed);
  const squares = (values: number[], center: number) => values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  const betweenFamilies = (S * squares(ofFamily, all)) / (F - 1);
  if (S === 1) return {families: betweenFamilies, seeds: 0, rest: 0};
  const betweenSeeds = (F * squares(ofSeed, all)) / (S - 1);
  const left = table.flatMap((row, s) => row.map((value, f) => value - ofSeed[s]! - ofFamily[f]! + all));
  const rest = squares(left, 0) / ((S - 1) * (F - 1));
  return {
    families: Math.max(0, betweenFamilies - rest) / S,
    seeds: Math.max(0, betweenSeeds - rest) / F,
    rest,
  };
}

/**
 * Each setting of a dial against one of them, in order of the dial; settings without a seed in common
 * with it are left out.
 */
export function differencesTo<Row extends HitRow>(
  rows: readonly Row[],
  reference: number,
  dialOf: (row: Row) => number,
  options: PairedDifferenceOptions = {},
): (MeanInterval & {dial: number})[] {
  const at = (dial: number) => rows.filter(row => dialOf(row) === dial);
  const seeds = new Set(at(reference).map(({seed}) => seed));
  return [...new Set(rows.map(dialOf))]
    .sort((a, b) => a - b)
    .filter(dial => dial !== reference && at(dial).some(({seed}) => seeds.has(seed)))
    .map(dial => ({dial, ...pairedDifference(at(dial), at(reference), options)}));
}
