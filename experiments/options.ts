// Options that studies share on the command line, each read or refused in one line.

import fs from 'node:fs';
import {InvalidArgumentError} from 'commander';
import {cifar10} from '../lib/datasets/cifar10';
import {cifar100} from '../lib/datasets/cifar100';
import type {Dataset} from '../lib/datasets/dataset';
import {digits} from '../lib/datasets/digits';
import {drawnEmoji} from '../lib/datasets/emoji/drawnEmoji';
import {earth} from '../lib/datasets/earth/earth';
import {fashionMnist} from '../lib/datasets/fashionMnist';
import {imageFolder} from '../lib/datasets/imageFolder';
import {photos} from '../lib/datasets/photos/photos';
import {stl10} from '../lib/datasets/stl10';
import {svhn} from '../lib/datasets/svhn';
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

const named = ['drawn-emoji', 'drawn-emoji-64', 'earth', 'earth-64', 'photos', 'photos-64', 'digits', 'fashion-mnist', 'cifar-10', 'cifar-100', 'svhn', 'stl-10', 'stl-10-64'] as const;

export const datasetHelp = `data set: ${named.join(', ')}, or a folder of images (one sub-folder a class)`;

export const jobsHelp = 'trainings side by side, each a process with its share of the threads (default: 2 on a processor, 1 on a GPU; on 2 cores two runs of one thread do 1.17 times the steps of one run of two, and take 1.1 GB each)';

/** Loads the data set that a name or a folder stands for; images of a folder are stored with `size` pixels a side. */
export async function dataset(name: string, size: number): Promise<Dataset> {
  switch (name as typeof named[number]) {
    case 'drawn-emoji': return drawnEmoji({size: 32});
    case 'drawn-emoji-64': return drawnEmoji({size: 64});
    case 'earth': return earth({size: 32});
    case 'earth-64': return earth({size: 64});
    case 'photos': return photos({size: 32});
    case 'photos-64': return photos({size: 64});
    case 'digits': return digits();
    case 'fashion-mnist': return fashionMnist();
    case 'cifar-10': return cifar10();
    case 'cifar-100': return cifar100();
    case 'svhn': return svhn();
    case 'stl-10': return stl10();
    case 'stl-10-64': return stl10({size: 64});
  }
  if (!fs.existsSync(name)) throw new RangeError(`--dataset: expected ${named.join(', ')} or a folder of images, got "${name}", which does not exist`);
  return imageFolder(name, {size});
}
