// Which trainings run now, and how long they and their study will take: from the events of a
// training, or of a study whose runs train one after the other or side by side.

import type {Row} from '../figures/figure';
import type {TrainingEvent} from '../training/event';

/**
 * Which training of a study it is, from 0, and what sets it apart: {index: 2, runs: 15,
 * temperature: 0.1, seed: 0}; and which of the study's runs are over.
 */
export type TrainingOfStudy = {
  readonly index: number;
  readonly runs: number;
  /** How many runs are finished. @default those before this one */
  readonly done?: number;
  /** Runs that were lost with their process, by their index. @default none */
  readonly lost?: readonly number[];
  readonly [setting: string]: string | number | readonly number[] | undefined;
};

/** A training that runs, or has ended and nothing came after it. */
export type Running = {
  events: readonly TrainingEvent[];
  training?: TrainingOfStudy;
  /** Since its first event. */
  seconds: number;
};

/** Sorts events by the training that they belong to. */
export function runningTrainings(): {add(event: TrainingEvent, training?: TrainingOfStudy): void; list(): Running[]} {
  const known = new Map<number, {events: TrainingEvent[]; training?: TrainingOfStudy; start: number}>();
  return {
    add(event, training) {
      const index = training?.index ?? 0;
      let entry = known.get(index);
      if (!entry || event.step <= entry.events.at(-1)!.step) {
        // another training began
        for (const [other, {events}] of known) if (hasEnded(events)) known.delete(other);
        known.set(index, (entry = {events: [], start: performance.now()}));
      }
      entry.events.push(event);
      entry.training = training;
      for (const lost of training?.lost ?? []) known.delete(lost);
      for (const [other, ended] of known)
        // counted among those that are done
        if (hasEnded(ended.events) && (ended.training?.done ?? 0) < (training?.done ?? 0)) known.delete(other);
    },
    list: () =>
      [...known]
        .sort(([a], [b]) => a - b)
        .map(([, {events, training, start}]) => ({events, training, seconds: (performance.now() - start) / 1000})),
  };
}

const hasEnded = (events: readonly TrainingEvent[]) => events.at(-1)!.step === events.at(-1)!.steps;

/** Images a second of the last steps. */
export const speed = ({events}: Running): number =>
  events.slice(-20).reduce((sum, {imagesPerSecond}, _, {length}) => sum + imagesPerSecond / length, 0);

/** Of the study that the trainings belong to, as the latest of them told it. */
export function studyOf(running: readonly Running[]): {runs: number; done: number; lost: number} | undefined {
  const told = running.flatMap(({training}) => (training ? [training] : []));
  if (told.length === 0) return undefined;
  return {
    runs: told[0]!.runs,
    done: Math.max(...told.map(({done, index}) => done ?? index)),
    lost: Math.max(...told.map(({lost}) => lost?.length ?? 0)),
  };
}

/**
 * Seconds that a training still takes, by the speed of the steps seen; undefined before the second.
 */
export function secondsLeft({events, seconds}: Running): number | undefined {
  const [first, last] = [events[0]!, events.at(-1)!];
  return last.step === first.step ? undefined : (seconds * (last.steps - last.step)) / (last.step - first.step);
}

/** Seconds until all runs are done, with as many side by side as now. */
export function studySecondsLeft(running: readonly Running[]): number | undefined {
  const measured = running.filter(one => secondsLeft(one) !== undefined);
  if (measured.length === 0) return undefined;
  const {runs, done, lost} = studyOf(running) ?? {runs: running.length, done: 0, lost: 0};
  const later = Math.max(0, runs - done - lost - running.length);
  const {length} = running;
  const rate =
    (length / measured.length) *
    // steps a second, all together
    measured.reduce((sum, {events, seconds}) => sum + (events.at(-1)!.step - events[0]!.step) / seconds, 0);
  const steps = running.reduce(
    (sum, {events}) => sum + events.at(-1)!.steps - events.at(-1)!.step,
    later * running[0]!.events[0]!.steps,
  );
  return Math.max(steps / rate, ...measured.map(one => secondsLeft(one)!));
}

/** What sets a training apart from the others of its study: {temperature: 0.1, seed: 0}. */
export function settingsOf(training: TrainingOfStudy): {[setting: string]: string | number} {
  const {index: _, runs: __, done: ___, lost: ____, ...settings} = training;
  return settings as {[setting: string]: string | number};
}

/** A row for each training that runs, and one for the whole study. */
export function runningRows(running: readonly Running[]): Row[] {
  const left = (seconds: number | undefined) => (seconds === undefined ? null : duration(seconds));
  const rows: Row[] = running.map(one => {
    const {epoch, epochs, loss} = one.events.at(-1)!;
    return {
      run: one.training ? `${one.training.index + 1} of ${one.training.runs}` : '1 of 1',
      ...(one.training && settingsOf(one.training)),
      epoch: `${epoch + 1} of ${epochs}`,
      loss,
      'images/s': Math.round(speed(one)),
      left: left(secondsLeft(one)),
    };
  });
  const study = studyOf(running);
  if (!study) return rows;
  return [
    ...rows,
    {
      run: `${study.done} of ${study.runs} done${study.lost ? `, ${study.lost} lost` : ''}`,
      'images/s': Math.round(running.reduce((sum, one) => sum + speed(one), 0)),
      left: left(studySecondsLeft(running)),
    },
  ];
}

/** "45 s", "1 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  return s < 3600
    ? `${Math.floor(s / 60)} min ${s % 60} s`
    : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
