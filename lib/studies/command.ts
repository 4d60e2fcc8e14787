// What a study is on the command line, as plain data: experiments/study.ts makes its command of it.

import type {BackboneName} from '../backbones/namedBackbone';
import type {Dataset} from '../datasets/dataset';
import type {Figure} from '../figures/figure';
import type {Preset} from '../preset';
import type {BaselineRow} from '../study/baselines';
import type {EncoderRow} from '../study/encoderRun';
import type {Study, StudyOptions} from '../study/study';
import type {RunOptions} from '../training/run';
import type {StudyOption} from './options';

/** What commands know of any study's preset. */
export type CommandPreset = {load(): Promise<Dataset>; seeds?: readonly number[]; backbone?: BackboneName};

/** What of a row is printed: uniformity and tolerance where it has them. */
export type CommandRow = Pick<EncoderRow<{knn: number; linear: number}>, 'run' | 'seed' | 'last' | 'minutes'> & {
  uniformity?: number;
  tolerance?: number;
};

/**
 * Settings and dials are plain data; what reads a study from a table hands it what the study itself
 * made.
 */
export type AnyStudy = Study<RunOptions, RunOptions, unknown>;

/**
 * A study that a command starts. Its functions are methods, so that a table can hold studies of any
 * options and rows.
 */
export interface StudyCommand<P extends CommandPreset = CommandPreset, Row extends CommandRow = CommandRow> {
  /** Of the command, and of the folder of published rows. */
  name: string;
  /** Of the folder of its results: studies that share runs share it. @default its name */
  folder?: string;
  /** In a line, for `--help`. */
  description: string;
  presets: Readonly<Record<Preset, P>>;
  /**
   * What can be given in place of the preset's own, beside what every study takes; names are those
   * of `study`.
   */
  options: readonly StudyOption[];
  /** How one run is trained, here or in a job. */
  runs: AnyStudy;
  /** Trains: the preset with what was given on the command line in its place. */
  study(options: Omit<P, 'load'> & StudyOptions): AsyncGenerator<Row>;
  /**
   * Whether the untrained encoder is among the baselines; else it is among the rows.
   * @default true
   */
  untrained?: boolean;
  /** What runs of several seeds have in common, in words. */
  settingText(row: Row): string;
  /** What else was measured, for a line; '' for nothing. @default nothing */
  measuredText?(row: Row): string;
  /**
   * What is drawn, by the ending of its file's name.
   * @param families [n] family of each test image; undefined where each is its own.
   */
  figuresOf(rows: readonly Row[], baselines: readonly BaselineRow[], families?: readonly number[]): Map<string, Figure>;
}
