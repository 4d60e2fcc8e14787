// A schedule of the learning rate as plain data: for the options that a run keeps.

import {stepSchedule, warmupCosine, type Schedule} from '../schedules';

/** Shares of the run, from 0 to 1. */
export type ScheduleSettings =
  /** An even rise, then half a cosine down to 0. */
  | {name: 'cosine'; warmup: number}
  /** Drops of the rate, as [share of the run, factor]. */
  | {name: 'steps'; drops: [share: number, factor: number][]};

/** @param peak The largest rate. */
export function namedSchedule(settings: ScheduleSettings, peak: number): Schedule {
  switch (settings.name) {
    case 'cosine':
      return warmupCosine({peak, warmup: settings.warmup});
    case 'steps':
      return stepSchedule({peak, drops: settings.drops});
    default:
      return settings satisfies never;
  }
}
