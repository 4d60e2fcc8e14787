// Keeps what was measured where it is committed, and reads it again.

import fs from 'node:fs';
import path from 'node:path';
import {writeWhole} from '../../lib/writeWhole';
import {machine, type MeasuredSide} from './harness';

const folder = path.join(__dirname, '..', 'published', 'benchmarks');

/** What every file of experiments/published/benchmarks holds beside its own. */
export type Provenance = {machine: ReturnType<typeof machine>; measured: string};

/** What is kept of sides that were compared. */
export type Comparison = {
  /** What was measured, in the benchmark's own words. */
  case: object;
  /** How it was seen that all sides compute the same. */
  check?: object;
  /** What one repetition is: a step, an epoch … */
  unit: string;
  /** Samples that one repetition works on, where rates are told in samples. */
  samples?: number;
  /** Ours first. */
  sides: MeasuredSide[];
};

/** @param name For example 'step-resnet18-classes'. @returns Path of the file. */
export async function publish(name: string, measured: object): Promise<string> {
  const file = path.join(folder, `${name}.json`);
  fs.mkdirSync(folder, {recursive: true});
  const provenance: Provenance = {machine: machine(), measured: new Date().toISOString()};
  await writeWhole(file, [`${JSON.stringify({...measured, ...provenance}, null, 1)}\n`]);
  return file;
}

/** What was published under a name, or null. */
export function published<T = Comparison>(name: string): (T & Provenance) | null {
  const file = path.join(folder, `${name}.json`);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
}
