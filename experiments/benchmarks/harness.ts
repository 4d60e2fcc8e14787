// Measures programs against each other: each is set up once and then told, in turn, to work for some seconds, so that what slows the machine down slows all of them.

import {spawn, type ChildProcess} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import readline from 'node:readline';
import {setTimeout as pause} from 'node:timers/promises';

/** One of those that are compared. */
export interface Side {
  /** As tables show it. */
  name: string;
  /** Program and arguments. It speaks as programs/turns.ts and programs/turns.py do. */
  command: string[];
  /** Threads of each process. */
  threads: number;
  /** How many processes work at once, as in a sweep; their rates are added. @default 1 */
  copies?: number;
  /** Added to the environment. @default the launcher's settings for the allocator */
  env?: Record<string, string>;
}

/** What a program says when it is set up: versions, parameters, first losses, seconds of compilation …: kept as it is. */
export type Facts = Record<string, unknown>;

/** One turn of one process: how often it did its work, and in how long. */
export type Turn = {repetitions: number; seconds: number};

export interface MeasuredSide {
  name: string;
  threads: number;
  copies: number;
  facts: Facts;
  /** [round][copy] */
  rounds: Turn[][];
  /** Largest resident memory of each process, in bytes; null where the system does not tell. */
  peakBytes: (number | null)[];
}

export interface CompareOptions {
  /** @default 5 */
  rounds?: number;
  /** How long a side works each time: whole repetitions, at least one. @default 3 */
  seconds?: number;
  /** Is told what happens, a line each. */
  onLine?(line: string): void;
}

/** The allocator's settings that the launcher gives to a process that trains; the peers get the same. */
const allocator = async () => (await import('../../setup/kernelspec.mjs')).allocator as Record<string, string>;

/**
 * Sets all sides up, warms each with one turn, and lets them work in turns; each round starts with another side.
 *
 * @throws Error with the end of its output when a program fails.
 */
export async function compare(sides: readonly Side[], {rounds = 5, seconds = 3, onLine}: CompareOptions = {}): Promise<MeasuredSide[]> {
  const open: {side: Side; processes: Worker[]; rounds: Turn[][]}[] = [];
  try {
    for (const side of sides) {
      const processes: Worker[] = [];
      open.push({side, processes, rounds: []});
      for (let copy = 0; copy < (side.copies ?? 1); copy++) processes.push(new Worker(side, {...await allocator(), ...side.env}));
      await Promise.all(processes.map(worker => worker.facts));
      await turn(processes, seconds);
      onLine?.(`${side.name}: ready`);
    }
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < open.length; i++) {
        const {side, processes, rounds} = open[(round + i) % open.length]!;
        await pause(300);   // threads of the side before spin for a moment after their work
        const turns = await turn(processes, seconds);
        rounds.push(turns);
        onLine?.(`round ${round + 1}, ${side.name}: ${(1000 / rate(turns)).toPrecision(4)} ms`);
      }
    }
    return await Promise.all(open.map(async ({side, processes, rounds}) => ({
      name: side.name, threads: side.threads, copies: processes.length, facts: await processes[0]!.facts, rounds, peakBytes: processes.map(worker => worker.peakBytes()),
    })));
  } finally {
    await Promise.all(open.flatMap(({processes}) => processes.map(worker => worker.close())));
  }
}

const turn = (processes: Worker[], seconds: number) => Promise.all(processes.map(worker => worker.turn(seconds)));

/** Repetitions a second of all copies together. */
export const rate = (turns: readonly Turn[]): number => turns.reduce((sum, {repetitions, seconds}) => sum + repetitions / seconds, 0);

/** Seconds of one repetition over the rounds: the middle one and the shortest. With several copies: the seconds between two repetitions of any. */
export function secondsOf({rounds}: MeasuredSide): {median: number; minimum: number} {
  const all = rounds.map(turns => 1 / rate(turns)).sort((a, b) => a - b);
  const [low, high] = [all[Math.floor((all.length - 1) / 2)]!, all[Math.ceil((all.length - 1) / 2)]!];
  return {median: (low + high) / 2, minimum: all[0]!};
}

/** What names a machine, beside what the sides say of their libraries. */
export function machine(): {processor: string; threads: number; memoryGiB: number; system: string; node: string} {
  return {processor: os.cpus()[0]?.model.trim() ?? 'unknown', threads: os.availableParallelism(), memoryGiB: Math.round(os.totalmem() / 2 ** 30), system: `${os.type()} ${os.arch()}`, node: process.versions.node};
}

/** A program at work, on the other end of two pipes. */
class Worker {
  readonly facts: Promise<Facts>;
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  private readonly exit: Promise<number | null>;
  private readonly trouble: string[] = [];   // how its complaints begin

  constructor({name, command: [program, ...args], threads}: Side, env: Record<string, string>) {
    const {OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE, ...own} = process.env;   // they would choose another kernel than the peer's own for this processor
    this.child = spawn(program!, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {...own, ...env, TF_NUM_INTRAOP_THREADS: `${threads}`, TF_NUM_INTEROP_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}`, MKL_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}`},
    });
    this.exit = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', resolve);
    });
    readline.createInterface({input: this.child.stderr!}).on('line', line => this.trouble.length < 40 && this.trouble.push(line));
    this.answers = readline.createInterface({input: this.child.stdout!})[Symbol.asyncIterator]();
    this.facts = this.answer<Facts>(name);
  }

  async turn(seconds: number): Promise<Turn> {
    this.child.stdin!.write(`${seconds}\n`);
    return this.answer<Turn>('turn');
  }

  private async answer<T>(what: string): Promise<T> {
    const {value, done} = await this.answers.next();
    if (done) throw new Error(`compare: expected ${what} to answer, got its end (code ${await this.exit}):\n${this.trouble.join('\n')}`);
    return JSON.parse(value) as T;
  }

  peakBytes(): number | null {
    const status = `/proc/${this.child.pid}/status`;
    const peak = fs.existsSync(status) && fs.readFileSync(status, 'utf8').match(/^VmHWM:\s+(\d+) kB$/m);
    return peak ? 1024 * Number(peak[1]) : null;
  }

  async close(): Promise<void> {
    this.child.stdin!.end();
    const late = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.exit.finally(() => clearTimeout(late));
  }
}
