// Runs the parts of a study side by side, each job a process of its own, and gives their rows in
// the order in which one process would.

import {fork, type ChildProcess} from 'node:child_process';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {check, whole} from '../check';
import type {Dataset, Origin} from '../datasets/dataset';
import {readableBytes} from '../datasets/memory';
import {fingerprint} from '../datasets/origin';
import {device} from '../engine/device';
import {interruptSignal} from '../interrupt';
import type {TrainingEvent} from '../training/event';
import type {RunOptions} from '../training/run';

/** A run, and its name in messages: "temperature 0.1, seed 0". */
export type Part = {name: string; dial: RunOptions};

/** What is the same for all runs of a study. */
export type Common = {study: string; settings: RunOptions; folder: string; tensorboard: boolean};

/** What a job is told: once where the data are and what all runs have, then a part at a time. */
export type Order =
  (Common & {kind: 'load'; origin: Origin; fingerprint: string}) | {kind: 'run'; part: number; dial: RunOptions};

/**
 * What a job tells. `bytes` of memory: those in use after loading, and the most that were in use so
 * far.
 */
export type Report =
  | {kind: 'ready'; bytes: number}
  | {kind: 'event'; part: number; event: TrainingEvent; bytes: number}
  | {kind: 'row'; part: number; row: unknown}
  | {kind: 'error'; error: Error};

/** Options of {@link inJobs}: the trainings of a study, and how many run side by side. */
export interface JobsOptions extends Common {
  /** A data set that another process can load: it has an `origin`. */
  dataset: Dataset;
  /** The trainings: what each is called, and its setting of the dial. */
  parts: readonly Part[];
  /** Processes side by side; they share the threads that this process may use. */
  jobs: number;
  /**
   * Is told each step, the number of its part, and the parts that are over: done, or lost with
   * their process.
   */
  onEvent?(event: TrainingEvent, part: number, over: {done: number; lost: readonly number[]}): void;
  /** @default the notebook's Interrupt */
  signal?: AbortSignal;
}

/**
 * How many runs a study trains side by side when nobody says: two on a processor with two threads
 * or more, one elsewhere.
 *
 * Measured on 2 cores (AMD EPYC) with the default study's step, 256 pairs of drawn emoji, in turns:
 * one run with two threads 965 pairs/s (median of 6 rounds; best 1,051), two runs with a thread
 * each 1,132 together (best 1,167), 1.17 times as many (1.11). Two whole runs of two epochs take 40
 * s side by side, start of the processes included, and 47 s one after the other. Each process takes
 * 1.1 GB. More than two were not measured, nor any on a GPU.
 */
export function defaultJobs({kind, threads}: {kind: 'CPU' | 'GPU'; threads: number} = device()): number {
  return kind === 'CPU' ? Math.min(2, threads) : 1;
}

/**
 * @throws RangeError when this is no number of jobs, or more than one and the data set cannot be
 * loaded by another process.
 */
export function checkJobs(study: string, {name, origin}: Dataset, jobs: number): void {
  whole(study, 'jobs', jobs);
  check(
    jobs === 1 || origin !== undefined,
    study,
    `expected a data set that other processes can load for ${jobs} jobs, got "${name}", which was made ` +
      'by hand: choose 1 job, or a loader such as imageFolder',
  );
}

/**
 * Yields each part's row, or undefined in place of one whose process was ended. A row that comes
 * before its turn waits for it, so that a curve grows seed by seed; parts begin in order, so it
 * hardly waits longer than a run takes.
 *
 * A part that throws ends all, as it would in one process. When a job's process is ended from
 * outside, the others do what is left, and the error comes last. Whatever ends this generator ends
 * the processes at once: what they were at stays at its last checkpoint.
 *
 * The first part goes ahead until its first step is done: then it is known how much memory one
 * takes.
 *
 * @throws RangeError when the data set cannot be loaded by another process, or memory does not
 * suffice for so many jobs; what a part throws; the signal's reason; Error that names the parts
 * whose process was ended.
 */
export async function* inJobs<Row>({
  study,
  settings,
  folder,
  tensorboard,
  dataset,
  parts,
  jobs,
  onEvent,
  signal = interruptSignal(),
}: JobsOptions): AsyncGenerator<Row | undefined, void, undefined> {
  checkJobs(study, dataset, jobs);
  signal.throwIfAborted();
  const load: Order = {
    kind: 'load',
    study,
    settings,
    folder,
    tensorboard,
    origin: dataset.origin!,
    fingerprint: fingerprint(dataset),
  };
  const crew: Job[] = [];
  const waiting = [...parts.keys()];
  const rows = new Map<number, Row>();
  const lost = new Map<number, string>();
  const broken: string[] = []; // jobs that ended before they had a part
  let failure: {error: unknown} | undefined;
  let measured = false;
  let wake = () => {};

  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      failure ??= {error};
    }
    wake();
  };
  const handOut = () => {
    for (const job of crew) {
      if (!job.ready || job.part !== undefined || waiting.length === 0) continue;
      if (!measured && crew.some(({part}) => part !== undefined)) return;
      job.part = waiting.shift()!;
      job.tell({kind: 'run', part: job.part, dial: parts[job.part]!.dial});
    }
  };
  const measure = (bytes: number) => {
    if (measured) return;
    measured = true;
    const more = crew.filter(({part}) => part === undefined).slice(0, waiting.length);
    const needed = more.reduce((sum, {bytes: has}) => sum + Math.max(0, bytes - has), 0);
    check(
      needed <= process.availableMemory(),
      study,
      `expected memory for ${crew.length} jobs, got ${readableBytes(process.availableMemory())} for ` +
        `${more.length} more of ${readableBytes(bytes)} each: choose fewer jobs`,
    );
    handOut();
  };
  const abort = () => attempt(() => signal.throwIfAborted());

  const employ = (job: Job) => {
    crew.push(job);
    job.process.on('message', (report: Report) =>
      attempt(() => {
        switch (report.kind) {
          case 'ready':
            Object.assign(job, {ready: true, bytes: report.bytes});
            return handOut();
          case 'event':
            measure(report.bytes);
            return onEvent?.(report.event, report.part, {done: rows.size, lost: [...lost.keys()]});
          case 'row':
            rows.set(report.part, report.row as Row);
            // its process was ended right after the row, and the news overtook it
            lost.delete(report.part);
            job.part = undefined;
            measured = true;
            return handOut();
          case 'error':
            throw report.error;
        }
      }),
    );
    job.process.on('error', error =>
      attempt(() => {
        // could not be started; all else ends with 'close'
        if (job.process.pid === undefined) throw error;
      }),
    );
    job.process.on('close', (code, by) =>
      attempt(() => {
        // an interrupt of the whole group of processes
        if (by === 'SIGINT') throw signal.aborted ? signal.reason : new DOMException('interrupted', 'AbortError');
        const killed = by === 'SIGKILL' ? ' (by the system when memory runs out: fewer jobs need less)' : '';
        const end = by ? `was ended by ${by}${killed}` : `ended with code ${code}`;
        const why = `process ${job.process.pid} ${end}${job.said()}`;
        if (job.part === undefined) broken.push(why);
        else lost.set(job.part, why);
        Object.assign(job, {ready: false, part: undefined, ended: true});
        handOut();
      }),
    );
    job.tell(load);
  };
  try {
    signal.addEventListener('abort', abort);
    for (const of = Math.min(jobs, parts.length); crew.length < of;) employ(startJob(of));
    for (const part of parts.keys()) {
      while (!failure && !rows.has(part) && !lost.has(part) && crew.some(({ended}) => !ended))
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      if (failure) throw failure.error;
      if (!rows.has(part) && !lost.has(part)) break; // nobody is left to do it
      yield rows.get(part);
    }
    if (rows.size < parts.length) {
      const causes = [...[...lost].map(([part, why]) => `${parts[part]!.name}: its ${why}`), ...broken];
      throw new Error(
        `${study}: ${parts.length - rows.size} of ${parts.length} runs did not come to their end; ` +
          `${causes.join('; ')}. Started again, the study goes on from their last checkpoints`,
      );
    }
  } finally {
    signal.removeEventListener('abort', abort);
    await Promise.all(crew.map(({end}) => end()));
  }
}

type Job = {
  process: ChildProcess;
  ready: boolean;
  part?: number;
  ended: boolean;
  bytes: number;
  tell(order: Order): void;
  said(): string;
  end(): Promise<void>;
};

/** Starts one of `of` processes. */
function startJob(of: number): Job {
  const {kind, threads} = device();
  const share = String(Math.max(1, Math.floor(threads / of)));
  const extension = path.extname(__filename); // .ts from the sources, .js from the bundle
  const child = fork(path.join(__dirname, extension === '.ts' ? '../studies' : '', `jobProcess${extension}`), [], {
    execArgv: extension === '.ts' ? ['--import', pathToFileURL(require.resolve('tsx')).href] : ['--enable-source-maps'],
    env: {
      ...process.env,
      TF_NUM_INTRAOP_THREADS: share,
      TF_NUM_INTEROP_THREADS: share,
      ...(kind === 'GPU' && {TF_FORCE_GPU_ALLOW_GROWTH: process.env.TF_FORCE_GPU_ALLOW_GROWTH ?? 'true'}),
    },
    serialization: 'advanced', // keeps NaN and the class of errors
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', text => {
      printed = (printed + text).slice(-2000);
    });
  const closed = new Promise<void>(resolve => void child.once('close', () => resolve()));
  return {
    process: child,
    ready: false,
    ended: false,
    bytes: 0,
    tell: order => void child.send(order),
    said: () => (printed.trim() ? `, having printed: ${printed.trim().split('\n').at(-1)}` : ''),
    async end() {
      if (child.kill('SIGKILL')) await closed; // else it has ended
    },
  };
}
