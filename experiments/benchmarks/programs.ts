// How the programs of this folder are started, and what the peers are given to start from.

import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import type {Case} from './programs/tasks';

const folder = path.join(__dirname, 'programs');

/** Command of a program of our side. */
export const ours = (name: string, argument: object, ...more: string[]): string[] => [process.execPath, '--import', 'tsx', path.join(folder, `${name}.ts`), JSON.stringify(argument), ...more];

/** Command of a peer. */
export const peer = (python: string, name: string, argument: object): string[] => [python, path.join(folder, `${name}.py`), JSON.stringify(argument)];

/** What programs/prepare.ts tells, and its file. */
export type Start = {start: string; settings: object; parameters: number; losses: number[]};

/** Prepares what the peers of a case start from, for as long as `use` takes. */
export async function prepared<T>(wanted: Case, use: (start: Start) => Promise<T>): Promise<T> {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-benchmark-'));
  try {
    const start = path.join(place, 'start.safetensors');
    const [program, ...args] = ours('prepare', wanted, start);
    const {stdout} = await promisify(execFile)(program!, args);
    return await use({start, ...JSON.parse(stdout) as Omit<Start, 'start'>});
  } finally {
    fs.rmSync(place, {recursive: true});
  }
}
