// A run is one training: a folder with its options, its history, its checkpoint and, once it is
// finished, its row.

import {createHash, randomInt} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {customAlphabet} from 'nanoid';
import {check} from '../check';
import type {Json} from '../json';
import {writeWhole} from '../writeWhole';

/** What decides a run's result: its hash finds the run again. */
export type RunOptions = {[name: string]: Json | undefined};

/** Where and with what a run was made; does not enter the hash. */
export type Provenance = {[name: string]: Json | undefined};

/** A line of a history: what was measured at a step. */
export type HistoryLine = {step: number; [name: string]: Json | undefined};

/** A training that is kept in a folder: options, history, checkpoint, row. */
export interface Run<Row> {
  /** Also the name of the folder. */
  id: string;
  folder: string;
  checkpoint: string;
  /** The result, when the run was finished earlier. */
  row?: Row;
  /** All whole lines of history.jsonl; a torn last line is left out. */
  history(): HistoryLine[];
  /** Drops the history after this step, before training continues from there. */
  rewind(step: number): Promise<void>;
  /** Adds a line to the history. */
  append(line: HistoryLine): void;
  /** Writes the row: the run is finished. */
  finish(row: Row): Promise<void>;
  /** Lets another process have the run. */
  close(): void;
}

const identifier = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 10);

/** SHA-256 of the options, independent of the order of their names. */
export function hashOptions(options: Json): string {
  return createHash('sha256')
    .update(
      JSON.stringify(options, (_, value) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
          : value,
      ),
    )
    .digest('hex');
}

/**
 * The run with these options under a study's folder: finished, to be continued, or new.
 *
 * @throws Error when another living process has it open.
 */
export async function openRun<Row>(study: string, options: RunOptions, provenance: Provenance): Promise<Run<Row>> {
  fs.mkdirSync(study, {recursive: true});
  const hash = hashOptions(options);
  // what is finished, many may read
  const release = finishedRow(study, options) === undefined ? await claimRun(study, hash) : () => {};
  const id = findRun(study, hash) ?? identifier();
  const folder = path.join(study, id);
  const file = (name: string) => path.join(folder, name);
  try {
    fs.mkdirSync(folder, {recursive: true});
    if (!fs.existsSync(file('config.json'))) await writeJson(file('config.json'), {hash, options, ...provenance});
  } catch (error) {
    release();
    throw error;
  }
  const row = readRow<Row>(file('row.json'));
  const historyFile = file('history.jsonl');
  const history = () => (fs.existsSync(historyFile) ? wholeLines(fs.readFileSync(historyFile, 'utf8')) : []);
  return {
    id,
    folder,
    row,
    history,
    checkpoint: file('checkpoint.safetensors'),
    async rewind(step) {
      const kept = history().filter(line => line.step <= step);
      await writeWhole(
        historyFile,
        kept.map(line => JSON.stringify(line) + '\n'),
      );
    },
    append: line => fs.appendFileSync(historyFile, JSON.stringify(line) + '\n'),
    finish: finished => writeJson(file('row.json'), finished),
    close: release,
  };
}

/** The row of the run with these options, when it is finished. */
export function finishedRow<Row>(study: string, options: RunOptions): Row | undefined {
  const id = fs.existsSync(study) ? findRun(study, hashOptions(options)) : undefined;
  return id === undefined ? undefined : readRow<Row>(path.join(study, id, 'row.json'));
}

/** Rows of all finished runs of a study whose options pass, in no order. */
export function finishedRows<Row>(study: string, passes: (options: RunOptions) => boolean = () => true): Row[] {
  if (!fs.existsSync(study)) return [];
  return fs.readdirSync(study).flatMap(id => {
    const config = readConfig(path.join(study, id, 'config.json'));
    const row = config && passes(config.options) ? readRow<Row>(path.join(study, id, 'row.json')) : undefined;
    return row === undefined ? [] : [row];
  });
}

function findRun(study: string, hash: string): string | undefined {
  const found = fs
    .readdirSync(study)
    .filter(id => readConfig(path.join(study, id, 'config.json'))?.hash === hash)
    .sort();
  return found.find(id => fs.existsSync(path.join(study, id, 'row.json'))) ?? found[0];
}

function readConfig(file: string): {hash: string; options: RunOptions} | undefined {
  // written atomically: whole or absent
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

function readRow<Row>(file: string): Row | undefined {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

function writeJson(file: string, value: unknown): Promise<void> {
  return writeWhole(file, [JSON.stringify(value, null, 2) + '\n']);
}

/** Lines up to the last line break, parsed: a kill can tear only what follows it. */
function wholeLines(text: string): HistoryLine[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

/** How often a process looks again when another one wants the same run. */
const ATTEMPTS = 4;

/**
 * Takes the run with these options for this process. Whoever wants it puts down its own claim, a
 * file, and only then looks for others': of two that come at once at most one goes on. A claim
 * whose process has ended counts for nothing.
 *
 * @returns Gives it back.
 */
async function claimRun(study: string, hash: string): Promise<() => void> {
  const prefix = `claim-${hash.slice(0, 16)}-`;
  const own = `${prefix}${process.pid}`;
  const remove = (name: string) => fs.rmSync(path.join(study, name), {force: true});
  for (let attempt = 1; ; attempt++) {
    fs.writeFileSync(path.join(study, own), beginning(process.pid));
    const others = fs.readdirSync(study).filter(name => name.startsWith(prefix) && name !== own);
    const owner = others.find(name => alive(study, name));
    if (owner === undefined) {
      others.forEach(remove);
      return () => remove(own);
    }
    remove(own);
    check(
      attempt < ATTEMPTS,
      'openRun',
      `run ${findRun(study, hash) ?? 'of these options'} is being trained by process ${pidOf(owner)}: wait ` +
        'for it, or end it',
    );
    // two that stepped back for each other come again at different moments
    await new Promise(resolve => setTimeout(resolve, randomInt(5, 50)));
  }
}

const pidOf = (claim: string) => Number(claim.split('-').at(-1));

/**
 * Whether the process that put down a claim still runs, and is not a later one of the same number.
 */
function alive(study: string, claim: string): boolean {
  const pid = pidOf(claim);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const began = textOf(path.join(study, claim));
  return !began || began === beginning(pid);
}

/** When a process began, as Linux counts it; elsewhere empty. */
function beginning(pid: number): string {
  const status = textOf(`/proc/${pid}/stat`); // "pid (name) state …": the name may hold anything
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    // ended, or given back, meanwhile; or a system without /proc
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
