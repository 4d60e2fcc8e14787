// How small a difference a study can decide, and how many seeds a wanted one takes. The differences of
// two settings vary with the test images and with the seeds, and both count: a crossed design with
// two random effects. Searle, Casella & McCulloch 1992, "Variance Components"; Student 1908.

import {jStat} from 'jstat';
import {check} from '../check';
import {mean} from '../mean';
import {hitDifferences} from './hitDifferences';
import type {MeasuredRow} from './measuredRun';

/** Rows of one setting, one of each seed. */
export type PilotRows = readonly Pick<MeasuredRow, 'seed' | 'hits' | 'dataset' | 'minutes'>[];

/** What {@link planStudy} is asked. */
export interface PlanOptions {
  /** Wanted half-width of the 95 % interval of a difference, a share: 0.01 is one point. */
  difference: number;
  /** [n] family of each test image: `dataset.families` at its test split. @default each its own */
  families?: Int32Array;
  /** Accuracies that are compared. @default 'linear' */
  reader?: keyof MeasuredRow['hits'];
  /** Settings of the study, for its minutes. @default 2 */
  settings?: number;
  /** Runs side by side. @default 1 */
  jobs?: number;
}

/** How a study would have to be, and what limits it. */
export interface StudyPlan {
  /** Fewest that decide the difference; null when test images are too few for any number. */
  seeds: number | null;
  /** Of the whole study with so many seeds. */
  minutes: number | null;
  /** Half-width of the 95 % interval with the pilot's number of seeds. */
  halfWidth: number;
  /** The same with ever so many seeds: what the test images alone leave open. */
  leastHalfWidth: number;
  /** Families of test images from which on some number of seeds would decide it. */
  families: number;
  /** Standard deviations: between families, between seeds, and of what is left. */
  deviations: {families: number; seeds: number; rest: number};
}

/** Above this number of seeds a plan is none. */
const MOST_SEEDS = 1000;

/**
 * Plans from a pilot: a few seeds of two settings, of which the difference between any two others is
 * taken to vary alike.
 *
 * @param a, b The same two seeds or more of each setting.
 * @throws RangeError when seeds differ or are fewer than two, families are not as many as test
 * images, or the difference is not above 0.
 *
 * @example
 * ```ts
 * import {planStudy, published, type TemperatureRow} from 'ssl-workbench';
 * const {rows} = published<TemperatureRow>('temperature', 'drawn-emoji-32-default');
 * const at = (τ: number) =>
 *   rows.filter(row => row.loss === 'contrastive' && row.temperature === τ);
 * const {seeds, halfWidth} = planStudy(at(0.09), at(1), {difference: 0.02, settings: 6});
 * console.log(seeds, halfWidth);
 * ```
 */
export function planStudy(
  a: PilotRows,
  b: PilotRows,
  {difference, families, reader = 'linear', settings = 2, jobs = 1}: PlanOptions,
): StudyPlan {
  check(difference > 0, 'planStudy', `expected a difference > 0, got ${difference}`);
  check(a.length >= 2, 'planStudy', `expected a pilot of at least 2 seeds, got ${a.length}`);
  hitDifferences(a, b, reader); // has the same demands on rows
  const bySeed = a.map(row =>
    hitDifferences(
      [row],
      b.filter(({seed}) => seed === row.seed),
      reader,
    ),
  );
  const images = bySeed[0]!.length;
  check(
    families === undefined || families.length === images,
    'planStudy',
    `expected a family for each of ${images} test images, got ${families?.length}`,
  );
  const table = bySeed.map(values => familyMeans(values, families));
  const components = varianceComponents(table);
  const [F, S] = [table[0]!.length, table.length];
  const normal = jStat.normal.inv(0.975, 0, 1);
  const halfWidth = (seeds: number) => {
    const overSeeds = (components.seeds + components.rest / F) / seeds;
    const student = seeds === Infinity ? 0 : jStat.studentt.inv(0.975, seeds - 1) * Math.sqrt(overSeeds);
    return Math.sqrt(student ** 2 + (normal ** 2 * components.families) / F);
  };
  const seeds = Array.from({length: MOST_SEEDS - 1}, (_, i) => i + 2).find(n => halfWidth(n) <= difference) ?? null;
  const minutes = mean([...a, ...b].map(row => row.minutes));
  return {
    seeds,
    minutes: seeds === null ? null : (minutes * seeds * settings) / jobs,
    halfWidth: halfWidth(S),
    leastHalfWidth: halfWidth(Infinity),
    families: Math.ceil((normal ** 2 * components.families) / difference ** 2),
    deviations: {
      families: Math.sqrt(components.families),
      seeds: Math.sqrt(components.seeds),
      rest: Math.sqrt(components.rest),
    },
  };
}

/** Mean of each family, in the order in which they first come; families count alike, whatever their size. */
function familyMeans(values: Float64Array, families?: Int32Array): number[] {
  if (!families) return [...values];
  const members = new Map<number, number[]>();
  families.forEach((family, i) => members.set(family, [...(members.get(family) ?? []), values[i]!]));
  return [...members.values()].map(mean);
}

/** Variances of a crossed table [seeds][families], by its mean squares; none below 0. */
function varianceComponents(table: readonly number[][]): {families: number; seeds: number; rest: number} {
  const [S, F] = [table.length, table[0]!.length];
  const ofSeed = table.map(mean);
  const ofFamily = Array.from({length: F}, (_, f) => mean(table.map(row => row[f]!)));
  const all = mean(ofSeed);
  const squares = (values: number[], center: number) => values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  const betweenSeeds = (F * squares(ofSeed, all)) / (S - 1);
  const betweenFamilies = (S * squares(ofFamily, all)) / (F - 1);
  const left = table.flatMap((row, s) => row.map((value, f) => value - ofSeed[s]! - ofFamily[f]! + all));
  const rest = squares(left, 0) / ((S - 1) * (F - 1));
  return {
    families: Math.max(0, betweenFamilies - rest) / S,
    seeds: Math.max(0, betweenSeeds - rest) / F,
    rest,
  };
}
