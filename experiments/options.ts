// Options that studies share on the command line, each read or refused in one line.

import fs from 'node:fs';
import {InvalidArgumentError} from 'commander';
import {datasetNames, namedDataset} from '../lib/datasets/catalogue';
import type {Dataset} from '../lib/datasets/dataset';
import {imageFolder} from '../lib/datasets/imageFolder';
import {lossNames} from '../lib/losses/namedLoss';
import type {TemperatureSchedule} from '../lib/methods/contrastive/temperatureSchedule';
import {cropStrategyNames} from '../lib/studies/attmask/study';
import {splitSpaces} from '../lib/studies/colorSpaces/study';
import {ablationNames} from '../lib/studies/siblings/study';

/** "0.05,0.1" → [0.05, 0.1] */
export function numbers(text: string): number[] {
  const values = text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));
  if (values.some(value => !Number.isFinite(value))) throw new InvalidArgumentError(`expected numbers with commas between them, for example 0.1,0.3, got "${text}".`);
  return values;
}

/** Names with commas between them, each of those that are known. */
const listOf = <T extends string>(what: string, known: readonly T[]) => (text: string): T[] => text.split(',').map(part => {
  const name = known.find(name => name === part.trim());
  if (!name) throw new InvalidArgumentError(`expected ${what} of ${known.join(', ')}, got "${part}".`);
  return name;
});

/** "contrastive,simple" */
export const losses = listOf('losses', lossNames);
/** "parts,predictor" */
export const ablationList = listOf('ablations', ablationNames);
/** "random,AttMask-High" */
export const cropStrategyList = listOf('strategies', cropStrategyNames);

/** "lab,ydbdr" */
export const spaceList = listOf('spaces', splitSpaces);

/** "0.1,cosine:1:0.1:0.5,learned:0.07" */
export function temperatures(text: string): TemperatureSchedule[] {
  return text.split(',').map(part => {
    const [name, ...rest] = part.trim().split(':') as [string, ...string[]];
    const values = rest.map(Number);
    const refused = () => new InvalidArgumentError(`expected values above 0, cosine:<from>:<to>:<periods> or learned:<start>, with commas between them, got "${part}".`);
    if (values.some(value => !(value > 0))) throw refused();
    if (name === 'cosine' && values.length === 3) return {schedule: 'cosine', from: values[0]!, to: values[1]!, periods: values[2]!};
    if (name === 'learned' && values.length === 1) return {schedule: 'learned', start: values[0]!};
    if (rest.length > 0 || !(Number(name) > 0)) throw refused();
    return Number(name);
  });
}

/** A whole number from 1. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`expected a whole number from 1, got "${text}".`);
  return value;
}

/** Whole numbers from 1. */
export function widths(text: string): number[] {
  return text.split(',').map(positive);
}

/** Whole numbers from 0. */
export function seeds(text: string): number[] {
  const values = numbers(text);
  if (values.some(value => !Number.isInteger(value) || value < 0)) throw new InvalidArgumentError(`expected whole numbers from 0, got "${text}".`);
  return values;
}

export const datasetHelp = `data set: ${datasetNames.join(', ')}, or a folder of images (one sub-folder a class)`;

export const jobsHelp = 'trainings side by side, each a process with its share of the threads (default: 2 on a processor, 1 on a GPU; on 2 cores two runs of one thread do 1.17 times the steps of one run of two, and take 1.1 GB each)';

/** Loads the data set that a name or a folder stands for; images of a folder are stored with `size` pixels a side. */
export async function dataset(name: string, size: number): Promise<Dataset> {
  const loaded = namedDataset(name);
  if (loaded) return loaded;
  if (!fs.existsSync(name)) throw new RangeError(`--dataset: expected ${datasetNames.join(', ')} or a folder of images, got "${name}", which does not exist`);
  return imageFolder(name, {size});
}
