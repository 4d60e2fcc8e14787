// How small a difference a study can decide, and how many seeds a wanted one takes.

import {check} from '../check';
import {mean} from '../mean';
import type {MeasuredRow} from './measuredRun';
import {differenceComponents, halfWidth, type HitRow, type PairedDifferenceOptions} from './pairedDifference';

/** Rows of one setting, one of each seed. */
export type PilotRows = readonly (HitRow & Pick<MeasuredRow, 'minutes'>)[];

/** What {@link planStudy} is asked. */
export interface PlanOptions extends PairedDifferenceOptions {
  /** Wanted half-width of the 95 % interval of a difference, a share: 0.01 is one point. */
  difference: number;
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
 * const {rows} = published<TemperatureRow>('temperature', 'objects-32-default');
 * const at = (τ: number) =>
 *   rows.filter(row => row.loss === 'contrastive' && row.temperature === τ);
 * const {seeds, halfWidth} = planStudy(at(0.09), at(1), {difference: 0.02, settings: 6});
 * console.log(seeds, halfWidth);
 * ```
 */
export function planStudy(
  a: PilotRows,
  b: PilotRows,
  {difference, settings = 2, jobs = 1, ...paired}: PlanOptions,
): StudyPlan {
  check(difference > 0, 'planStudy', `expected a difference > 0, got ${difference}`);
  check(a.length >= 2, 'planStudy', `expected a pilot of at least 2 seeds, got ${a.length}`);
  const components = differenceComponents(a, b, paired);
  const seeds =
    Array.from({length: MOST_SEEDS - 1}, (_, i) => i + 2).find(n => halfWidth(components, n) <= difference) ?? null;
  const minutes = mean([...a, ...b].map(row => row.minutes));
  const {variances} = components;
  const leastHalfWidth = halfWidth(components, Infinity);
  return {
    seeds,
    minutes: seeds === null ? null : (minutes * seeds * settings) / jobs,
    halfWidth: halfWidth(components, components.seeds),
    leastHalfWidth,
    families: Math.ceil((components.families * leastHalfWidth ** 2) / difference ** 2),
    deviations: {
      families: Math.sqrt(variances.families),
      seeds: Math.sqrt(variances.seeds),
      rest: Math.sqrt(variances.rest),
    },
  };
}
