// Keeps what was measured where it is committed, and reads it again.

import fs from 'node:fs';
import path from 'node:path';
import {writeWhole} from '../../lib/writeWhole';
import {machine, type MeasuredSide} from './harness';

const folder = path.join(__dirname, '..', 'published', 'benchmarks');

/** What a file of experiments/published/benchmarks holds. */
export type Measured = {
  /** What was measured, in the benchmark's own words: the case, and how it was seen that all sides compute the same. */
  case: object;
  check?: object;
  /** What one repetition is: a step, an epoch … */
  unit: string;
  /** Samples that one repetition works on, where its rate is told in samples. */
  samples?: number;
  /** Ours first. */
  sides: MeasuredSide[];
};
export type Published = Measured & {machine: ReturnType<typeof machine>; measured: string};

/** @returns Path of the file. */
export async function publish(benchmark: string, name: string, measured: Measured): Promise<string> {
  const file = path.join(folder, `${benchmark}-${name}.json`);
  fs.mkdirSync(folder, {recursive: true});
  const whole: Published = {...measured, machine: machine(), measured: new Date().toISOString()};
  await writeWhole(file, [`${JSON.stringify(whole, null, 1)}\n`]);
  return file;
}

/** @param file Name without its ending, for example 'step-resnet18-classes'. */
export const published = (file: string): Published => JSON.parse(fs.readFileSync(path.join(folder, `${file}.json`), 'utf8'));
