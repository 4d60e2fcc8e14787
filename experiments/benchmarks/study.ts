// How long a published study took: its trainings together, and from the first one's start to the
// last one's end.

import type {Json} from '../../lib/json';
import type {TemperatureRow} from '../../lib/studies/temperature/study';
import {defaultRows} from '../docs/studyFacts';

export type StudyTime = {
  trainings: number;
  /** Of all trainings together. */
  minutes: number;
  /**
   * From the first start to the last end. More than the study took where it was interrupted for a
   * while.
   */
  wallMinutes: number;
};

/** @param provenance Of each run, by its identifier; `started` is what counts. */
export function studyTime({
  rows,
  provenance,
}: {
  rows: readonly {run: string; minutes: number}[];
  provenance: Record<string, Json>;
}): StudyTime {
  const runs = rows.map(({run, minutes}) => ({
    start: Date.parse((provenance[run] as {started: string}).started) / 60_000,
    minutes,
  }));
  return {
    trainings: runs.length,
    minutes: runs.reduce((sum, {minutes}) => sum + minutes, 0),
    wallMinutes:
      Math.max(...runs.map(({start, minutes}) => start + minutes)) - Math.min(...runs.map(({start}) => start)),
  };
}

/** The default temperature study, as a sentence. */
export function studySentence(): string {
  const {trainings, minutes, wallMinutes} = studyTime(defaultRows<TemperatureRow>('temperature'));
  return (
    `The default temperature study: ${trainings} trainings and evaluations of ` +
    `${(minutes / trainings).toFixed(1)} minutes each, ${(minutes / wallMinutes).toFixed(1)} at once, ` +
    `${wallMinutes.toFixed(0)} minutes in all.`
  );
}
