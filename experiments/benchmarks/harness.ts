// Measures programs against each other: each is set up once and then told, in turn, to work for
// some seconds, so that what slows the machine down slows all of them.

import {spawn, type ChildProcess} from 'node:child_process';
import os from 'node:os';
import readline from 'node:readline';
import {setTimeout as pause} from 'node:timers/promises';
import {others, peakBytes, quiet, QUIET} from './load';

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
}

/**
 * What a program says when it is set up: versions, parameters, first losses, seconds of compilation
 * …: kept as it is.
 */
export type Facts = Record<string, unknown>;

/** One turn of one process: how often it did its work, and in how long. */
export type Turn = {repetitions: number; seconds: number};

/**
 * What a side did in one round, each copy's turn, and the share of all processors that other
 * programs took meanwhile; null where the system does not tell.
 */
export type Round = {turns: Turn[]; others: number | null};

export interface MeasuredSide {
  name: string;
  threads: number;
  copies: number;
  facts: Facts;
  rounds: Round[];
  /**
   * Largest resident memory of each copy, in bytes, without programs that it started; null where
   * the system does not tell.
   */
  peakBytes: (number | null)[];
}

export interface CompareOptions {
  /** @default 5 */
  rounds?: number;
  /** How long a side works each time: whole repetitions, at least one. @default 3 */
  seconds?: number;
  /** Share of all processors that other programs may take during a turn. @default {@link QUIET} */
  allowed?: number;
  /**
   * How long to wait, in all, for other programs to be quiet, and to do turns again that they
   * disturbed.
   * @default 120
   */
  patienceSeconds?: number;
  /** Is told what happens, a line each. */
  onLine?(line: string): void;
}

/**
 * Sets all sides up, warms each with one turn, and lets them work in turns; each round starts with
 * another side. A turn that other programs disturbed is done again, as long as patience lasts.
 *
 * @throws Error with the start of its complaints when a program fails; Error when other programs
 * disturbed most rounds of a side.
 */
export async function compare(
  sides: readonly Side[],
  {rounds = 5, seconds = 3, allowed = QUIET, patienceSeconds = 120, onLine}: CompareOptions = {},
): Promise<MeasuredSide[]> {
  const {allocator} = (await import('../../setup/kernelspec.mjs')) as {allocator: Record<string, string>};
  const open: {side: Side; workers: Worker[]; rounds: Round[]}[] = [];
  const patience = {seconds: patienceSeconds, allowed};
  try {
    for (const side of sides) {
      const workers: Worker[] = [];
      open.push({side, workers, rounds: []});
      for (let copy = 0; copy < (side.copies ?? 1); copy++) workers.push(new Worker(side, allocator));
      await Promise.all(workers.map(worker => worker.facts));
      await Promise.all(workers.map(worker => worker.turn(seconds)));
      onLine?.(`${side.name}: ready`);
    }
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < open.length; i++) {
        const {side, workers, rounds: taken} = open[(round + i) % open.length]!;
        const result = await takeTurn(workers, seconds, patience);
        taken.push(result);
        const took = `${(1000 / rate(result)).toPrecision(4)} ms`;
        const disturbance = `, others took ${(100 * result.others!).toFixed(0)} % of the machine`;
        onLine?.(`round ${round + 1}, ${side.name}: ${took}${undisturbed(result, allowed) ? '' : disturbance}`);
      }
    }
    for (const {side, rounds: taken} of open) {
      const good = taken.filter(round => undisturbed(round, allowed)).length;
      if (2 * good <= rounds)
        throw new Error(
          `compare: expected a machine with nothing else to do, got other programs during ${rounds - good} of ` +
            `${rounds} rounds of ${side.name}: run it again when they have ended`,
        );
    }
    return await Promise.all(
      open.map(async ({side, workers, rounds: taken}) => ({
        name: side.name,
        threads: side.threads,
        copies: workers.length,
        facts: await workers[0]!.facts,
        rounds: taken,
        peakBytes: workers.map(worker => peakBytes(worker.pid)),
      })),
    );
  } finally {
    await Promise.all(open.flatMap(({workers}) => workers.map(worker => worker.close())));
  }
}

/** A turn of each copy, at once. What waiting and repeating take is taken off `patience`. */
async function takeTurn(
  workers: Worker[],
  seconds: number,
  patience: {seconds: number; allowed: number},
): Promise<Round> {
  for (;;) {
    await pause(300); // threads of the side before spin for a moment after their work
    patience.seconds -= await quiet(patience.seconds, patience.allowed);
    const start = performance.now();
    const watched = others(workers.map(worker => worker.pid));
    const turns = await Promise.all(workers.map(worker => worker.turn(seconds)));
    const round = {turns, others: watched()};
    if (undisturbed(round, patience.allowed) || patience.seconds <= 0) return round;
    patience.seconds -= (performance.now() - start) / 1000;
  }
}

/**
 * Whether other programs took no more than is allowed; where the system does not tell, that is
 * taken for granted.
 */
const undisturbed = ({others: share}: Round, allowed = QUIET): boolean => share === null || share <= allowed;

/** Repetitions a second of all copies together. */
export const rate = ({turns}: Pick<Round, 'turns'>): number =>
  turns.reduce((sum, {repetitions, seconds}) => sum + repetitions / seconds, 0);

/**
 * Seconds of one repetition over the rounds that nothing disturbed: the middle one and the
 * shortest. With several copies: from one repetition to the next, of whichever copy.
 */
export function secondsOf({rounds}: Pick<MeasuredSide, 'rounds'>): {median: number; minimum: number} {
  const all = rounds
    .filter(round => undisturbed(round))
    .map(round => 1 / rate(round))
    .sort((a, b) => a - b);
  const [low, high] = [all[Math.floor((all.length - 1) / 2)]!, all[Math.ceil((all.length - 1) / 2)]!];
  return {median: (low + high) / 2, minimum: all[0]!};
}

/** What names a machine, beside what the sides say of their libraries. */
export function machine(): {processor: string; threads: number; memoryGiB: number; system: string; node: string} {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    threads: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.arch()}`,
    node: process.versions.node,
  };
}

/** A program at work, on the other end of two pipes, with a process group of its own. */
class Worker {
  readonly facts: Promise<Facts>;
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  private readonly exit: Promise<number | null>;
  private readonly trouble: string[] = []; // how its complaints begin

  constructor({name, command: [program, ...args], threads}: Side, env: Record<string, string>) {
    // they would keep a peer from the kernels made for this processor
    const {OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE, ...own} = process.env;
    const [count, pools] = [
      `${threads}`,
      [
        'TF_NUM_INTRAOP_THREADS',
        'TF_NUM_INTEROP_THREADS',
        'OMP_NUM_THREADS',
        'MKL_NUM_THREADS',
        'OPENBLAS_NUM_THREADS',
      ],
    ];
    this.child = spawn(program!, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {...own, ...env, ...Object.fromEntries(pools.map(pool => [pool, count]))},
    });
    this.exit = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', resolve);
    });
    this.exit.catch(() => undefined); // told by the first answer that does not come
    this.child.stdin!.on('error', () => undefined); // likewise
    readline
      .createInterface({input: this.child.stderr!})
      .on('line', line => this.trouble.length < 40 && this.trouble.push(line));
    this.answers = readline.createInterface({input: this.child.stdout!})[Symbol.asyncIterator]();
    this.facts = this.answer<Facts>(name);
    this.facts.catch(() => undefined);
  }

  get pid(): number {
    return this.child.pid!;
  }

  async turn(seconds: number): Promise<Turn> {
    this.child.stdin!.write(`${seconds}\n`);
    return this.answer<Turn>('a turn');
  }

  private async answer<T>(what: string): Promise<T> {
    const {value, done} = await this.answers.next();
    if (done)
      throw new Error(
        `compare: expected ${what} to answer, got its end (code ${await this.exit}):\n${this.trouble.join('\n')}`,
      );
    return JSON.parse(value) as T;
  }

  async close(): Promise<void> {
    this.child.stdin!.end();
    const late = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await this.exit.catch(() => undefined).finally(() => clearTimeout(late));
  }
}
