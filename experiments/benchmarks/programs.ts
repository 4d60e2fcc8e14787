// How the programs of this folder are started, and what the peers are given to start from.

import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import type {Case} from './programs/tasks';

const folder = path.join(__dirname, 'programs');

/** Command of a program of our side, a file of programs/. */
export const ours = (name: string, argument: object, ...more: string[]): string[] => [process.execPath, '--import', 'tsx', path.join(folder, `${name}.ts`), JSON.stringify(argument), ...more];

/** Command of a peer's program there. @param python A Python that has its packages. */
export const peer = (python: string, name: string, argument: object): string[] => [python, path.join(folder, `${name}.py`), JSON.stringify(argument)];

/** A convolution or matrix product of a step; `both`: whether its input has a gradient, too. */
export type Product = {both: boolean} & (
  | {kind: 'convolution'; input: [n: number, h: number, w: number, c: number]; outputs: number; kernel: number; stride: number; padding: number}
  | {kind: 'product'; count: number; rows: number; inner: number; columns: number});

/** What a side computes: its number of parameters, its losses of the first steps on one batch from the same weights, mean and standard deviation of each channel of its views. */
export type Computed = {parameters: number; losses: number[]; views: [mean: number[], standardDeviation: number[]]};

/** What the programs of a case start from. */
export type Start = {
  /** Argument of a peer's program. */
  argument: {start: string; case: Case; settings: object; losses: number[]};
  /** What both sides compute, seen to be the same. */
  check: {ours: Computed; peer: Computed};
  products: Product[];
};

/** Relative differences of losses that are allowed: the first is the same function of the same numbers, later ones follow an optimizer that divides by small numbers. */
const tolerances = [1e-4, 1e-2, 1e-2];
/** Difference of the views' moments, in standard deviations of the data: they are drawn, each side its own. */
const drawn = 0.05;

/**
 * Prepares what the peers of a case start from, for as long as `use` takes, and sees that both sides compute the same.
 *
 * @throws Error when they do not.
 */
export async function prepared<T>(wanted: Case, python: string, use: (start: Start) => Promise<T>): Promise<T> {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-benchmark-'));
  try {
    const start = path.join(place, 'start.safetensors');
    const {settings, ...own} = await answer<Computed & {settings: object}>(ours('prepare', wanted, start));
    const argument = {start, case: wanted, settings, losses: own.losses};
    const {products, ...theirs} = await answer<Computed & {products: Product[]}>(peer(python, 'check', argument));
    if (!alike(own, theirs)) throw new Error(`prepared: expected the peer to compute ${JSON.stringify(own)}, got ${JSON.stringify(theirs)}`);
    return await use({argument, check: {ours: own, peer: theirs}, products});
  } finally {
    fs.rmSync(place, {recursive: true});
  }
}

const alike = (a: Computed, b: Computed): boolean => a.parameters === b.parameters
  && a.losses.every((loss, i) => Math.abs(loss - b.losses[i]!) <= tolerances[i]! * Math.abs(loss))
  && a.views.flat().every((moment, i) => Math.abs(moment - b.views.flat()[i]!) <= drawn);

/** What a program prints as JSON when it runs to its end, with all threads. */
export async function answer<T>([program, ...args]: string[]): Promise<T> {
  const {stdout} = await promisify(execFile)(program!, args, {env: {...process.env, OMP_NUM_THREADS: `${os.availableParallelism()}`}});
  return JSON.parse(stdout) as T;
}
