// A study is many trainings that differ in what is dialed: finished runs are taken as they are,
// interrupted ones go on, the others are trained, one after the other or side by side.

import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import type {TrainingEvent} from '../training/event';
import {withEventFile} from '../training/eventFile';
import {provenance, version} from '../training/provenance';
import {finishedRow, openRun, type Run, type RunOptions} from '../training/run';
import {checkJobs, defaultJobs, inJobs} from './jobs';

/**
 * What a study trains. Settings are the same for all its runs, dials are not; both are plain data,
 * and with the data set all that decides a run.
 */
export interface Study<Settings extends RunOptions, Dial extends RunOptions, Row> {
  /**
   * Of the function that yields its rows: stands in messages, and is what a job asks the table of
   * studies for.
   */
  name: string;
  /** What sets a run apart, for people: {temperature: 0.1, seed: 0}. */
  described(dial: Dial): {[name: string]: string | number};
  /**
   * Trains one to its end and says how it went; whoever asked for the row finishes the run with it.
   */
  train(
    run: Run<Row>,
    given: {
      dataset: Dataset;
      settings: Settings;
      dial: Dial;
      onEvent(event: TrainingEvent): void;
      signal?: AbortSignal;
    },
  ): Promise<Row>;
}

/** As many as an interval takes. */
export const defaultSeeds: readonly number[] = [0, 1, 2];

/** What every study can be told. */
export interface StudyOptions {
  /** Pretrained on and measured on. */
  dataset: Dataset;
  /**
   * One training at each dial for each seed, of which come weights, order and views.
   * @default {@link defaultSeeds}
   */
  seeds?: readonly number[];
  /** Where the runs lie. @default experiments/results/<study> of the project */
  folder?: string;
  /** Write each run's history as an event file, too, for TensorBoard. @default false */
  tensorboard?: boolean;
  /**
   * Runs that train side by side, each in a process of its own; 1 trains in this process.
   * @default 1 for a data set made by hand, else see {@link defaultJobs}
   */
  jobs?: number;
  /**
   * Called for each step with the run that it belongs to: what sets it apart, which of how many,
   * how many are done, and which were lost with their process.
   */
  onEvent?: (event: TrainingEvent, run: RunOfStudy) => void;
  /**
   * Ends the study after the step under way; what was finished stays. @default the notebook's
   * Interrupt
   */
  signal?: AbortSignal;
}

/** Which of a study's trainings an event belongs to. */
export type RunOfStudy = {
  readonly index: number;
  readonly runs: number;
  readonly done: number;
  readonly lost: readonly number[];
  readonly [setting: string]: string | number | readonly number[];
};

/** All that decides a run, as its folder keeps it. */
const optionsOf = (dataset: Dataset, settings: RunOptions, dial: RunOptions): RunOptions => ({
  ...settings,
  ...dial,
  dataset: dataset.name,
  images: splitSizes(dataset),
  data: dataset.checksum,
  version,
});

const splitSizes = ({splits}: Dataset) =>
  Object.fromEntries(Object.entries(splits).map(([name, indices]) => [name, indices.length]));

/** As in 'temperature 0.1, seed 0'. */
const textOf = (described: {[name: string]: string | number}) =>
  Object.entries(described)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/**
 * Yields a row for each dial, in their order.
 *
 * @throws RangeError when there is no dial, or one is there twice; what a training throws; the
 * signal's reason; with several jobs as {@link inJobs}. Runs that were finished stay.
 */
export async function* rowsOf<Settings extends RunOptions, Dial extends RunOptions, Row>(
  study: Study<Settings, Dial, Row>,
  {
    dataset,
    settings,
    dials,
    folder,
    tensorboard = false,
    jobs = dataset.origin ? defaultJobs() : 1,
    onEvent,
    signal,
  }: Omit<StudyOptions, 'seeds'> & {settings: Settings; dials: readonly Dial[]; folder: string},
): AsyncGenerator<Row, void, undefined> {
  const texts = dials.map(dial => textOf(study.described(dial)));
  check(dials.length > 0, study.name, 'expected at least one run, got none');
  const twice = texts.find((text, i) => texts.indexOf(text) !== i);
  check(
    twice === undefined,
    study.name,
    `expected each run once, got ${twice} twice: a run that counts twice makes intervals too narrow`,
  );
  checkJobs(study.name, dataset, jobs);
  const finished = dials.map(dial => finishedRow<Row>(folder, optionsOf(dataset, settings, dial)));
  const left = [...dials.keys()].filter(index => finished[index] === undefined);
  const opened = async (index: number): Promise<Run<Row>> => {
    const run = await openRun<Row>(folder, optionsOf(dataset, settings, dials[index]!), provenance());
    try {
      return tensorboard ? await withEventFile(run, texts[index]!, {signal}) : run;
    } catch (error) {
      run.close();
      throw error;
    }
  };
  const tell = (event: TrainingEvent, part: number, {done, lost}: {done: number; lost: readonly number[]}) => {
    const index = left[part]!;
    onEvent?.(event, {
      ...study.described(dials[index]!),
      index,
      runs: dials.length,
      done: dials.length - left.length + done,
      lost: lost.map(position => left[position]!),
    });
  };
  async function* inThisProcess(): AsyncGenerator<Row, void, undefined> {
    for (const [part, index] of left.entries()) {
      const run = await opened(index);
      let row: Row;
      try {
        row =
          run.row ??
          (await study.train(run, {
            dataset,
            settings,
            dial: dials[index]!,
            onEvent: event => tell(event, part, {done: part, lost: []}),
            signal,
          }));
        if (!run.row) await run.finish(row);
      } finally {
        run.close();
      }
      yield row;
    }
  }
  const trained =
    jobs === 1 || left.length < 2
      ? inThisProcess()
      : inJobs<Row>({
          study: study.name,
          dataset,
          settings,
          folder,
          tensorboard,
          parts: left.map(index => ({name: texts[index]!, dial: dials[index]!})),
          jobs,
          onEvent: tell,
          signal,
        });
  try {
    for (const [index, row] of finished.entries()) {
      if (row && tensorboard) (await opened(index)).close();
      const next = row ?? (await trained.next()).value;
      if (next) yield next;
    }
    await trained.next(); // throws when runs were lost
  } finally {
    await trained.return();
  }
}
