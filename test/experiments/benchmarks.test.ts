// The benchmarks' harness, with small programs in place of trainings; and their tables.
// slow: starts processes

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {median} from 'd3-array';
import {program} from '../../experiments/benchmarks/benchmark';
import {compare, rate, secondsOf, type MeasuredSide, type Side} from '../../experiments/benchmarks/harness';
import {others, peakBytes, residentBytes} from '../../experiments/benchmarks/load';
import {undisturbed, type WatchedRow} from '../../experiments/benchmarks/maskCost';
import {
  libraries,
  markdownTable,
  megabytes,
  milliseconds,
  rateRatio,
  samplesPerSecond,
  timeRatio,
} from '../../experiments/benchmarks/markdown';
import {answer, checkPeer, ours as ourProgram, type Computed} from '../../experiments/benchmarks/programs';
import {studyTime} from '../../experiments/benchmarks/study';
import {published} from '../../experiments/benchmarks/publish';
import {tables} from '../../experiments/benchmarks/table';

const root = path.join(__dirname, '../..');
const programs = path.join(root, 'experiments', 'benchmarks', 'programs');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchmarks-'));

/**
 * A program of a side, written down; each repetition waits a little and notes when it began and
 * ended.
 */
function written(name: string, code: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, code);
  return file;
}
const log = path.join(folder, 'log');
const ours = (name: string): Side => ({
  name,
  threads: 3,
  command: [
    process.execPath,
    '--import',
    'tsx',
    written(
      `${name}.ts`,
      `
  import fs from 'node:fs';
  import {turns} from ${JSON.stringify(path.join(programs, 'turns.ts'))};
  const {TF_NUM_INTRAOP_THREADS, OPENBLAS_CORETYPE, MALLOC_TRIM_THRESHOLD_} = process.env;
  void turns({pid: process.pid, threads: TF_NUM_INTRAOP_THREADS, kernel: OPENBLAS_CORETYPE, allocator: MALLOC_TRIM_THRESHOLD_}, async () => {
    const began = Date.now();
    await new Promise(resolve => setTimeout(resolve, 20));
    fs.appendFileSync(${JSON.stringify(log)}, ${JSON.stringify(name)} + ' ' + process.pid + ' ' + began + ' ' + Date.now() + '\\n');
  });`,
    ),
  ],
});
const theirs = (name: string): Side => ({
  name,
  threads: 3,
  command: [
    path.join(root, '.venv', 'bin', 'python'),
    written(
      `${name}.py`,
      `
import os, sys, time
sys.path.insert(0, ${JSON.stringify(programs)})
from turns import turns
print('a library that talks')
def work():
    began = time.time()
    time.sleep(0.02)
    with open(${JSON.stringify(log)}, 'a') as file:
        file.write(f'${name} {os.getpid()} {began * 1000:.0f} {time.time() * 1000:.0f}\\n')
turns({'pid': os.getpid(), 'threads': os.environ['OMP_NUM_THREADS']}, work, before=1)
`,
    ),
  ],
});

test('a peer computes the same: first loss and gradient, then the second loss; what differs is named', () => {
  // first to rounding, the second loss as far as rounding lets it
  const own: Computed = {
    parameters: 10,
    losses: [2.46522, 0.67966],
    views: [
      [0, 0, 0],
      [1, 1, 1],
    ],
  };
  const peer = {...own, gradientDistance: 1e-4};
  checkPeer(own, {
    ...peer,
    losses: [2.46523, 0.68027],
    views: [
      [0.01, 0, -0.01],
      [1, 0.99, 1],
    ],
  });
  const wrong = {
    parameters: {parameters: 11},
    'first loss': {losses: [2.47, 0.67966]},
    'first gradient': {gradientDistance: 0.02},
    'second loss': {losses: [2.46522, 0.75]},
    views: {
      views: [
        [0, 0, 0.1],
        [1, 1, 1],
      ],
    },
  } as const;
  for (const [name, part] of Object.entries(wrong))
    assert.throws(
      () => checkPeer(own, {...peer, ...part} as typeof peer),
      new RegExp(`^Error: prepared: expected the same ${name} of the peer`),
    );
  assert.throws(
    () => checkPeer(own, {...peer, losses: [Number.NaN, Number.NaN], gradientDistance: Number.NaN}),
    /the same first loss, first gradient, second loss of the peer/,
  );
});

test('sides take turns, another begins each round; copies work at once; what a program tells is kept', async () => {
  process.env.OPENBLAS_CORETYPE = 'Haswell';
  const sides = await compare([{...ours('a'), copies: 2}, theirs('b')], {
    rounds: 3,
    seconds: 0.05,
    patienceSeconds: 0,
    allowed: 1,
  }).finally(() => delete process.env.OPENBLAS_CORETYPE);
  const [a, b] = sides as [MeasuredSide, MeasuredSide];
  assert.deepEqual(
    sides.map(({name, threads, copies, rounds}) => [name, threads, copies, rounds.map(({turns}) => turns.length)]),
    [
      ['a', 3, 2, [2, 2, 2]],
      ['b', 3, 1, [1, 1, 1]],
    ],
  );
  assert.ok(
    sides.every(({rounds}) =>
      rounds.every(({turns}) =>
        turns.every(({repetitions, seconds}) => repetitions >= 1 && seconds >= 0.05 && seconds / repetitions >= 0.018),
      ),
    ),
    JSON.stringify(sides),
  );
  assert.equal(a.facts.threads, '3');
  assert.ok(a.facts.allocator && !a.facts.kernel);
  assert.equal(b.facts.threads, '3');
  if (process.platform === 'linux') assert.ok(sides.every(({peakBytes: peaks}) => peaks.every(bytes => bytes! > 5e6)));

  const lines = fs
    .readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(' '));
  const runs = lines.map(([name]) => name).filter((name, i, all) => name !== all[i - 1]);
  // a side that ends one round and begins the next is one run
  assert.equal(runs.join(''), 'ababab', 'expected a and b to warm up, then a b, b a, a b, never both at once');
  assert.equal(new Set(lines.filter(([name]) => name === 'a').map(([, pid]) => pid)).size, 2);
  await pause(50);
  for (const {
    facts: {pid},
  } of sides)
    assert.throws(() => process.kill(pid as number, 0), /ESRCH/, 'a program is left');
});

test('a program that fails is named with its complaints, and the others are ended', async () => {
  const broken = written('broken.ts', 'console.error("a library is missing"); process.exit(3);');
  const started: Side = ours('c');
  await assert.rejects(
    compare([started, {name: 'broken', threads: 1, command: [process.execPath, '--import', 'tsx', broken]}], {
      rounds: 1,
      seconds: 0,
      patienceSeconds: 0,
      allowed: 1,
    }),
    /^Error: compare: expected broken to answer, got its end \(code 3\):\na library is missing/,
  );
  const pid = fs
    .readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(' '))
    .filter(([name]) => name === 'c')
    .at(-1)![1];
  assert.throws(() => process.kill(Number(pid), 0), /ESRCH/);
  await assert.rejects(
    compare([{name: 'none', threads: 1, command: [path.join(folder, 'no-such-program')]}]),
    /ENOENT/,
  );
});

test('what was measured while others worked is refused', async () => {
  if (process.platform !== 'linux') return; // nothing is known there
  await assert.rejects(
    compare([ours('d')], {rounds: 2, seconds: 0.05, patienceSeconds: 1, allowed: -1}),
    /^Error: compare: expected a machine with nothing else to do, got other programs during 2 of 2 rounds of d: run it again/,
  );
});

test("load of other programs is told from the group's own; where the system is silent, none is claimed", async () => {
  if (process.platform !== 'linux') return assert.deepEqual([others([])(), peakBytes(process.pid)], [null, null]);
  const busy = spawn(process.execPath, ['-e', 'for (;;);'], {detached: true, stdio: 'ignore'});
  try {
    await pause(200);
    const [all, without] = [others([]), others([busy.pid!])];
    await pause(500);
    const shares = [all()!, without()!] as const;
    assert.ok(shares[0] - shares[1] > 0.02 && shares[0] <= 1 && shares[1] >= 0, `${shares}`);
    assert.ok(residentBytes(busy.pid!)! > 1e6 && peakBytes(busy.pid!)! >= residentBytes(busy.pid!)!);
  } finally {
    busy.kill('SIGKILL');
    await once(busy, 'exit');
  }
  assert.equal(peakBytes(busy.pid!), null);
});

const side = (name: string, turns: number[], extra: Partial<MeasuredSide> = {}): MeasuredSide => ({
  name,
  threads: 1,
  copies: 1,
  facts: {versions: {[name]: '1.0'}},
  rounds: turns.map(seconds => ({turns: [{repetitions: 2, seconds: 2 * seconds}], others: 0})),
  peakBytes: [5e6],
  ...extra,
});

test('medians, minima, rates and ratios', () => {
  const [a, b] = [side('a', [0.4, 0.1, 0.2]), side('b', [0.5, 0.4, 0.3, 0.4])];
  assert.deepEqual(secondsOf(a), {median: 0.2, minimum: 0.1});
  assert.deepEqual(secondsOf(b), {median: 0.4, minimum: 0.3});
  // disturbed: does not count
  b.rounds.push({turns: [{repetitions: 100, seconds: 1}], others: 0.5});
  assert.deepEqual(secondsOf(b), {median: 0.4, minimum: 0.3});
  assert.equal(
    rate({
      turns: [
        {repetitions: 3, seconds: 1},
        {repetitions: 1, seconds: 0.5},
      ],
    }),
    5,
  );
  assert.equal(milliseconds(a), '200 (100)');
  assert.equal(samplesPerSecond(a, 64), '320 (640)');
  assert.equal(timeRatio(a, b), '0.50 (0.33)');
  assert.equal(rateRatio(a, b), '2.00 (3.00)');
  assert.equal(megabytes(side('c', [1], {copies: 2, peakBytes: [5e6, 7e6]})), '12');
  assert.equal(megabytes(side('c', [1], {peakBytes: [null]})), 'unknown');
  assert.equal(libraries([a, b, a]), 'a 1.0, b 1.0');
  assert.equal(markdownTable(['x', 'y'], [['1', '2']]), '| x | y |\n| --- | --- |\n| 1 | 2 |');
});

test('turns of a masked autoencoder that others disturbed are left out, and refused where they are most', async () => {
  const {facts, rows} = await answer<{facts: {versions: object}; rows: WatchedRow[]}>(
    ourProgram('maskCost', {image: 16, batch: 2, ratios: [0.5], rounds: 3, seconds: 0, patienceSeconds: 0}),
  );
  assert.deepEqual(Object.keys(facts.versions), ['ssl-workbench', 'TensorFlow']);
  assert.deepEqual(
    rows.map(({half, round}) => `${half} ${round}`),
    ['encoder 0', 'decoder 0', 'decoder 1', 'encoder 1', 'encoder 2', 'decoder 2'],
  );
  const disturbedBy = (...shares: (number | null)[]) => rows.map((row, i) => ({...row, others: shares[i]!}));
  assert.deepEqual(
    undisturbed(disturbedBy(0, null, 0, 0.5, 0, 0.2)).map(({half, round}) => `${half} ${round}`),
    ['encoder 0', 'decoder 0', 'decoder 1', 'encoder 2'],
  );
  assert.throws(
    () => undisturbed(disturbedBy(0, 0, 0, 0.5, 0.5, 0)),
    /^Error: maskCost: expected a machine with nothing else to do, got other programs during 2 of 3 turns of the encoder at 0\.5/,
  );
});

test('a study takes from its first start to its last end', () => {
  const rows = [
    {run: 'a', minutes: 10},
    {run: 'b', minutes: 4},
    {run: 'c', minutes: 5},
  ];
  const provenance = {
    a: {started: '2026-01-01T10:00:00Z'},
    b: {started: '2026-01-01T10:00:30Z'},
    c: {started: '2026-01-01T10:05:00Z'},
  };
  const {trainings, minutes, wallMinutes} = studyTime({rows, provenance});
  assert.deepEqual([trainings, minutes, Math.round(1000 * wallMinutes)], [3, 19, 10_000]);
  assert.equal(Math.round(1000 * studyTime({rows: rows.slice(1), provenance}).wallMinutes), 9500);
});

test('the tables have a line for each published case', () => {
  assert.ok(tables().includes('| SimCLR with its views, small encoder, 256 pairs |'));
});

test("MAE's encoder skips what is hidden: at 75 % at most 40 % of its published time at 10 %", () => {
  const {rows} = published<{rows: WatchedRow[]}>('mask-cost')!;
  const time = (ratio: number) =>
    median(rows.filter(row => row.half === 'encoder' && row.ratio === ratio).map(({seconds}) => seconds)) ?? NaN;
  assert.ok(time(0.75) <= 0.4 * time(0.1), `${time(0.75)} of ${time(0.1)} s`);
});

test('mistakes on the command line name what was meant', async () => {
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({writeErr() {}});
  await assert.rejects(program.parseAsync(['steps'], {from: 'user'}), /unknown command 'steps'/);
  await assert.rejects(
    program.parseAsync(['step', 'resnet'], {from: 'user'}),
    /value 'resnet' is invalid for argument 'cases'\. Allowed choices are smallConv-simclr/,
  );
});
