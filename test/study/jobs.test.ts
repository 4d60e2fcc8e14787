// slow: starts processes

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {before, test} from 'node:test';
import {imagesAt, range, type Dataset} from '../../lib/datasets/dataset';
import {defaultJobs} from '../../lib/study/jobs';
import {temperatureStudy, type TemperatureRow, type TemperatureStudyOptions} from '../../lib/studies/temperature/study';
import {loadTiny, tinyFolder} from './tinyFolder';
import {tinyDataset} from './tinyDataset';

let images: string;
let dataset: Dataset;
before(async () => {
  images = await tinyFolder();
  dataset = await loadTiny(images);
});

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'jobs-'));
const small = {temperatures: [0.1, 1], seeds: [0, 1], batch: 32, projector: [32, 32], evaluations: 1, jobs: 2};
const study = (options: Partial<TemperatureStudyOptions> & {folder: string}) =>
  temperatureStudy({dataset, ...small, epochs: 1, ...options});

async function rowsOf(rows: AsyncIterable<TemperatureRow>): Promise<TemperatureRow[]> {
  const all = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** What does not depend on when and where a run was trained. */
const result = ({run: _, minutes: __, ...row}: TemperatureRow) => row;

/** The study in a process of its own, with one thread. */
function program(folder: string, jobs: number, epochs: number) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(__dirname, 'jobsProcess.ts'), images, folder, String(jobs), String(epochs)],
    {env: {...process.env, TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', NODE_TEST_CONTEXT: undefined}},
  );
  const told = {
    child,
    output: '',
    errors: '',
    ended: new Promise<number | null>(resolve => child.once('close', resolve)),
  };
  child.stdout.on('data', text => {
    told.output += text;
  });
  child.stderr.on('data', text => {
    told.errors += text;
  });
  return told;
}

/** Runs of a study's folder: options, steps in the history, and the process that has each. */
function runsOf(folder: string) {
  const names = fs.readdirSync(folder);
  return names
    .filter(id => fs.existsSync(path.join(folder, id, 'config.json')))
    .map(id => {
      const file = (name: string) => path.join(folder, id, name);
      const {hash, options} = JSON.parse(fs.readFileSync(file('config.json'), 'utf8')) as {
        hash: string;
        options: {temperature: number; seed: number};
      };
      const lines = fs.existsSync(file('history.jsonl'))
        ? fs
            .readFileSync(file('history.jsonl'), 'utf8')
            .split('\n')
            .slice(0, -1)
            .map(line => JSON.parse(line) as {step: number; loss?: number})
        : [];
      const claims = names
        .filter(name => name.startsWith(`claim-${hash.slice(0, 16)}-`))
        .map(name => Number(name.split('-').at(-1)));
      return {
        id,
        ...options,
        claims,
        steps: lines.filter(({loss}) => loss !== undefined).map(({step}) => step),
        saved: fs.existsSync(file('checkpoint.safetensors')),
        finished: fs.existsSync(file('row.json')),
      };
    });
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until<T>(what: () => T | undefined | false): Promise<T> {
  for (;;) {
    const got = what();
    if (got) return got;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

test('two jobs give the rows of one process with one thread, in its order, and tell every step', async () => {
  const [apart, whole] = [temporary(), temporary()];
  const one = program(whole, 1, 2);
  const steps = new Map<number, number[]>();
  const rows = await rowsOf(
    study({
      folder: apart,
      epochs: 2,
      onEvent: ({step}, {index, runs: count, temperature, seed}) => {
        assert.deepEqual(
          [count, temperature, seed],
          [4, small.temperatures[index % 2], small.seeds[Math.floor(index / 2)]],
        );
        steps.set(index, [...(steps.get(index) ?? []), step]);
      },
    }),
  );
  assert.equal(await one.ended, 0, one.errors);
  assert.deepEqual(
    rows.map(({seed, temperature}) => [seed, temperature]),
    [
      [0, 0.1],
      [0, 1],
      [1, 0.1],
      [1, 1],
    ],
  );
  assert.deepEqual(
    rows.map(result),
    one.output
      .trim()
      .split('\n')
      .map(line => result(JSON.parse(line) as TemperatureRow)),
  );
  const all = Array.from({length: 10}, (_, i) => i + 1);
  assert.deepEqual(
    [0, 1, 2, 3].map(index => steps.get(index)),
    [all, all, all, all],
  );
  assert.deepEqual(
    runsOf(apart).flatMap(({claims}) => claims),
    [],
  );
  assert.deepEqual(
    await rowsOf(study({folder: apart, epochs: 2, onEvent: () => assert.fail('nothing was left to do')})),
    rows,
  );
});

test('a killed job: others do what is left, the error names its run, the next start goes on with it', async () => {
  const folder = temporary();
  const options = {folder, seeds: [0], temperatures: [0.1, 0.5, 1], epochs: 8};
  const rows: TemperatureRow[] = [];
  const lost = new Set<number>();
  let killed: number | undefined;
  const all = async () => {
    for await (const row of study({
      ...options,
      onEvent(_, run) {
        run.lost.forEach(index => lost.add(index));
        if (killed !== undefined) return;
        const second = runsOf(folder).find(({temperature, saved}) => temperature === 0.5 && saved);
        if (second?.claims.length) process.kill((killed = second.claims[0]!), 'SIGKILL');
      },
    }))
      rows.push(row);
  };
  await assert.rejects(all(), (error: Error) =>
    new RegExp(
      `^temperatureStudy: 1 of 3 runs did not come to their end; temperature 0\\.5, seed 0: its process ` +
        `${killed} was ended by SIGKILL`,
    ).test(error.message),
  );
  assert.deepEqual(
    rows.map(({temperature}) => temperature),
    [0.1, 1],
  );
  assert.deepEqual([...lost], [1]);
  const cut = runsOf(folder).find(({temperature}) => temperature === 0.5)!;
  assert.ok(!cut.finished && cut.steps.length < 40, 'was killed too late to prove anything');

  let first: number | undefined;
  const again = await rowsOf(
    study({
      ...options,
      onEvent: ({step}) => {
        first ??= step;
      },
    }),
  );
  assert.deepEqual(
    again.map(({temperature}) => temperature),
    [0.1, 0.5, 1],
  );
  assert.equal(again[1]!.run, cut.id);
  assert.ok(first! > 1, 'began anew');
  assert.deepEqual(
    runsOf(folder).find(({id}) => id === cut.id)!.steps,
    Array.from({length: 40}, (_, i) => i + 1),
  );
});

test('an abort ends all jobs and leaves their runs to be continued', async () => {
  const folder = temporary();
  const controller = new AbortController();
  const pids = new Set<number>();
  const rows = rowsOf(
    study({
      folder,
      epochs: 1000,
      signal: controller.signal,
      onEvent() {
        const begun = runsOf(folder).filter(({saved}) => saved);
        if (begun.length < 2) return;
        begun.forEach(({claims}) => claims.forEach(pid => pids.add(pid)));
        controller.abort(new DOMException('interrupted', 'AbortError'));
      },
    }),
  );
  await assert.rejects(rows, {name: 'AbortError', message: 'interrupted'});
  assert.equal(pids.size, 2);
  assert.deepEqual([...pids].filter(runs), []);
  assert.ok(runsOf(folder).every(({finished}) => !finished));
});

test('whoever stops asking for rows ends the jobs', async () => {
  const folder = temporary();
  const rows = study({folder, seeds: [0], temperatures: [0.1, 0.5, 1]});
  await rows.next();
  const pids = await until(() => runsOf(folder).flatMap(({claims}) => claims));
  await rows.return();
  assert.deepEqual(pids.filter(runs), []);
});

test('jobs end when their parent is killed', async () => {
  const folder = temporary();
  const parent = program(folder, 2, 1000);
  const pids = await until(() => {
    assert.equal(parent.child.exitCode, null, `the parent ended: ${parent.errors}`);
    const claims = runsOf(folder)
      .filter(({steps}) => steps.length > 0)
      .flatMap(({claims: own}) => own);
    return claims.length === 2 && claims;
  });
  assert.ok(pids.every(runs) && !pids.includes(parent.child.pid!));
  parent.child.kill('SIGKILL');
  await parent.ended;
  await until(() => !pids.some(runs));
});

test('an error of a run is that of the study', async () => {
  await assert.rejects(
    rowsOf(study({folder: temporary(), batch: 512})),
    /^RangeError: train: expected at least one batch of 512 samples, the source has \d+: choose a smaller batch/,
  );
  await assert.rejects(
    rowsOf(
      study({
        folder: temporary(),
        onEvent() {
          throw new TypeError('from the listener');
        },
      }),
    ),
    /^TypeError: from the listener/,
  );
});

test('refused: data not to be loaded or changed, too little memory, no number of jobs, a run twice', async t => {
  const refused = async (options: object, message: RegExp) => {
    const folder = temporary();
    await assert.rejects(rowsOf(study({folder, ...options})), message);
    return runsOf(folder);
  };
  assert.deepEqual(
    await refused(
      {dataset: tinyDataset()},
      /^RangeError: temperatureStudy: expected a data set that other processes can load for 2 jobs, got "tiny", which was made by hand: choose 1 job/,
    ),
    [],
  );
  assert.deepEqual(
    await refused(
      {dataset: {...dataset, images: (await imagesAt(dataset, range(0, dataset.shape[0]))).map(value => 255 - value)}},
      /^RangeError: temperatureStudy: expected the data set "tiny" as its loader gives it, got another one/,
    ),
    [],
  );
  assert.deepEqual(
    await refused({jobs: 0}, /^RangeError: temperatureStudy: expected jobs a whole number from 1, got 0/),
    [],
  );
  assert.deepEqual(
    await refused({seeds: [0, 1, 0]}, /^RangeError: temperatureStudy: expected each of seeds once, got 0, 1, 0/),
    [],
  );
  t.mock.method(process, 'availableMemory', () => 1000);
  const begun = await refused(
    {},
    /^RangeError: temperatureStudy: expected memory for 2 jobs, got 1 kB for 1 more of \d+ MB each: choose fewer jobs/,
  );
  assert.equal(begun.length, 1, 'the others wait until the first has shown how much it takes');
});

test('the number of jobs when nobody says', () => {
  assert.deepEqual(
    [
      {kind: 'CPU', threads: 1},
      {kind: 'CPU', threads: 2},
      {kind: 'CPU', threads: 16},
      {kind: 'GPU', threads: 16},
    ].map(machine => defaultJobs(machine as {kind: 'CPU' | 'GPU'; threads: number})),
    [1, 2, 2, 1],
  );
});
