// How the programs of this folder are started, and what the peers are given to start from.

import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import type {Case} from './programs/tasks';

const folder = path.join(__dirname, 'programs');

/** Command of a program of our side, a file of programs/. */
export const ours = (name: string, argument: object, ...more: string[]): string[] => [
  process.execPath,
  '--import',
  'tsx',
  path.join(folder, `${name}.ts`),
  JSON.stringify(argument),
  ...more,
];

/** Command of a peer's program there. @param python A Python that has its packages. */
export const peer = (python: string, name: string, argument: object): string[] => [
  python,
  path.join(folder, `${name}.py`),
  JSON.stringify(argument),
];

/** A convolution or matrix product of a step; `both`: whether its input has a gradient, too. */
export type Product = {both: boolean} & (
  | {
      kind: 'convolution';
      input: [n: number, h: number, w: number, c: number];
      outputs: number;
      kernel: number;
      stride: number;
      padding: number;
    }
  | {kind: 'product'; count: number; rows: number; inner: number; columns: number}
);

/**
 * What a side computes: its number of parameters, its losses of the first two steps on one batch
 * from the same weights, mean and standard deviation of each channel of its views.
 */
export type Computed = {
  parameters: number;
  losses: [first: number, second: number];
  views: [mean: number[], standardDeviation: number[]];
};

/**
 * What the peer computes, and how far its first gradient is from ours: the length of their
 * difference over the length of ours.
 */
export type PeerComputed = Computed & {gradientDistance: number};

/** What the programs of a case start from. */
export type Start = {
  /** Argument of a peer's program. */
  argument: {start: string; case: Case; settings: object};
  /** What both sides compute, seen to be the same. */
  check: {ours: Computed; peer: PeerComputed};
  products: Product[];
};

/**
 * Relative differences that are allowed. First loss and first gradient are the same functions of
 * the same numbers. The second loss shows that the optimizers make the same step, no more: AdamW
 * divides gradients by their size, so that roundings of small ones become steps of full size. Later
 * losses differ between processors by as much as between libraries.
 */
const allowed = {firstLoss: 1e-4, gradient: 1e-2, secondLoss: 5e-2};
/**
 * Difference of the views' moments, in standard deviations of the data: they are drawn, each side
 * its own.
 */
const drawn = 0.05;

/**
 * Prepares what the peers of a case start from, for as long as `use` takes, and sees that both
 * sides compute the same.
 *
 * @throws Error when they do not.
 */
export async function prepared<T>(wanted: Case, python: string, use: (start: Start) => Promise<T>): Promise<T> {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-benchmark-'));
  try {
    const start = path.join(place, 'start.safetensors');
    const {settings, ...own} = await answer<Computed & {settings: object}>(ours('prepare', wanted, start));
    const argument = {start, case: wanted, settings};
    const {products, ...theirs} = await answer<PeerComputed & {products: Product[]}>(peer(python, 'check', argument));
    checkPeer(own, theirs);
    return await use({argument, check: {ours: own, peer: theirs}, products});
  } finally {
    fs.rmSync(place, {recursive: true});
  }
}

/** @throws Error that names what the peer computes differently, beyond rounding. */
export function checkPeer(own: Computed, theirs: PeerComputed): void {
  const near = (a: number, b: number, tolerance: number) => Math.abs(a - b) <= tolerance * Math.abs(a);
  const moments = theirs.views.flat();
  const differing = Object.entries({
    parameters: own.parameters === theirs.parameters,
    'first loss': near(own.losses[0], theirs.losses[0], allowed.firstLoss),
    'first gradient': theirs.gradientDistance <= allowed.gradient,
    'second loss': near(own.losses[1], theirs.losses[1], allowed.secondLoss),
    views: own.views.flat().every((moment, i) => Math.abs(moment - moments[i]!) <= drawn),
  }).flatMap(([name, same]) => (same ? [] : [name]));
  if (differing.length > 0)
    throw new Error(
      `prepared: expected the same ${differing.join(', ')} of the peer as ${JSON.stringify(own)}, got ` +
        `${JSON.stringify(theirs)}`,
    );
}

/** What a program prints as JSON when it runs to its end, with all threads. */
export async function answer<T>([program, ...args]: string[]): Promise<T> {
  const {stdout} = await promisify(execFile)(program!, args, {
    env: {...process.env, OMP_NUM_THREADS: `${os.availableParallelism()}`},
  });
  return JSON.parse(stdout) as T;
}
