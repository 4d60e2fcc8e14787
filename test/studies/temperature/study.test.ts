// slow: starts processes

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {copyRows} from '../../../lib/datasets/dataset';
import {
  temperatureStudy,
  type TemperatureRow,
  type TemperatureStudyOptions,
} from '../../../lib/studies/temperature/study';
import type {HistoryLine} from '../../../lib/training/run';
import {readSafetensors} from '../../../lib/datasets/files/safetensors';
import {shareOfHits} from '../../study/shareOfHits';
import {tinyDataset} from '../../study/tinyDataset';

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'temperature-'));

/**
 * Starts the study in a process of its own, with one thread: then the same steps give the same
 * bits.
 */
function study(folder: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'studyProcess.ts'), folder], {
    env: {...process.env, TF_NUM_INTRAOP_THREADS: '1', NODE_TEST_CONTEXT: undefined},
  });
  let output = '';
  child.stdout.on('data', data => (output += data));
  child.stderr.on('data', data => (output += data));
  const ended = new Promise<string>((resolve, reject) =>
    child.on('close', (code, signal) =>
      code === 0 || signal === 'SIGKILL' ? resolve(output) : reject(new Error(output)),
    ),
  );
  return {child, ended};
}

/** The run of a temperature: its identifier, history lines of steps, and result. */
function runOf(folder: string, temperature: number) {
  const id = fs
    .readdirSync(folder)
    .find(
      run =>
        fs.existsSync(path.join(folder, run, 'config.json')) &&
        JSON.parse(fs.readFileSync(path.join(folder, run, 'config.json'), 'utf8')).options.temperature === temperature,
    );
  if (!id) return undefined;
  const file = (name: string) => path.join(folder, id, name);
  const lines = fs.existsSync(file('history.jsonl'))
    ? fs
        .readFileSync(file('history.jsonl'), 'utf8')
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line) as HistoryLine)
    : [];
  return {
    id,
    file,
    steps: lines.filter(line => line.loss !== undefined),
    row: fs.existsSync(file('row.json')) ? fs.readFileSync(file('row.json'), 'utf8') : undefined,
  };
}

test('killed in the middle, started again: finished runs stay, the interrupted one goes on bit for bit', async () => {
  const [whole, cut] = [temporary(), temporary()];
  await study(whole).ended;

  const first = study(cut);
  let ended = false;
  const output = first.ended.finally(() => {
    ended = true;
  });
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, 10));
    assert.ok(!ended, 'ended before it could be killed');
    const second = runOf(cut, 0.5);
    if (second && fs.existsSync(second.file('checkpoint.safetensors')) && second.steps.length >= 33) break;
  }
  first.child.kill('SIGKILL');
  await output;
  const finished = runOf(cut, 0.1)!;
  const interrupted = runOf(cut, 0.5)!;
  assert.equal(interrupted.row, undefined);
  assert.ok(interrupted.steps.length < 80, 'was killed too late to prove anything');
  // as a kill in the middle of a write leaves it
  fs.appendFileSync(interrupted.file('history.jsonl'), '{"step":99,"lo');
  const checkpointStep = Number((await readSafetensors(interrupted.file('checkpoint.safetensors'))).metadata.step);
  assert.ok(checkpointStep >= 20 && checkpointStep <= 60, `checkpoint at step ${checkpointStep}`);

  await study(cut).ended;
  const [after, reference] = [runOf(cut, 0.5)!, runOf(whole, 0.5)!];
  assert.equal(runOf(cut, 0.1)!.row, finished.row);
  assert.equal(runOf(cut, 0.1)!.id, finished.id);
  assert.equal(after.id, interrupted.id);
  assert.deepEqual(
    after.steps.map(line => line.step),
    Array.from({length: 80}, (_, i) => i + 1),
  );
  assert.deepEqual(
    after.steps.map(line => line.loss),
    reference.steps.map(line => line.loss),
  );
  const {run: _, minutes: __, ...row} = JSON.parse(after.row!) as TemperatureRow;
  const {run: ___, minutes: ____, ...referenceRow} = JSON.parse(reference.row!) as TemperatureRow;
  assert.deepEqual(row, referenceRow);
});

test('a row holds what it says, and a finished study returns at once', async () => {
  const folder = temporary();
  const dataset = tinyDataset();
  const all = async () => {
    const rows: TemperatureRow[] = [];
    const events: string[] = [];
    for await (const row of temperatureStudy({
      dataset,
      temperatures: [0.1, 1],
      seeds: [0],
      epochs: 2,
      batch: 32,
      projector: [32, 32],
      evaluations: 2,
      folder,
      onEvent: (event, run) => events.push(`${run.index}/${run.runs} ${run.temperature} ${event.step}`),
    }))
      rows.push(row);
    return {rows, events};
  };
  const {rows, events} = await all();
  assert.deepEqual(
    rows.map(row => row.temperature),
    [0.1, 1],
  );
  assert.equal(events.length, 20);
  assert.deepEqual([events[0], events.at(-1)], ['0/2 0.1 1', '1/2 1 10']);
  for (const row of rows) {
    for (const share of [...Object.values(row.last), row.chosen.knn])
      assert.ok(share > 0.25 && Math.abs(40 * share - Math.round(40 * share)) < 1e-9, `${share}`);
    assert.ok([1, 2].includes(row.chosen.epoch) && row.uniformity > 0 && row.minutes > 0);
    for (const shares of [row.positiveSimilarities, row.negativeSimilarities, row.nearestSimilarities])
      assert.ok(shares.length === 40 && Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-6);
    assert.deepEqual([row.method, row.loss, row.schedule, row.course.length], ['simclr', 'contrastive', null, 2]);
    for (const name of ['loss', 'alignment', 'uniformity', 'collapse', 'dimensions'])
      assert.ok(
        row.course.every(epoch => Number.isFinite(epoch[name])),
        name,
      );
    for (const reader of ['knn', 'linear'] as const) assert.equal(row.last[reader], shareOfHits(row.hits[reader]));
    assert.ok(row.penaltyEntropy! > 0 && row.penaltyEntropy! < Math.log(39) + 1e-4);
    assert.ok(
      row.pushShares!.every((share, i, shares) => share <= 1 + 1e-5 && (i === 0 || share >= shares[i - 1]! - 1e-6)),
    );
    assert.match(row.protocol, /20-NN.*40 training, 40 validation, 40 test/);
    assert.ok(fs.existsSync(path.join(folder, row.run, 'backbone.safetensors')));
  }
  assert.deepEqual(await all(), {rows, events: []});
});

test('a data set that is read from its files gives the row of the one that is held in memory', async () => {
  const held = tinyDataset();
  const read = {
    ...held,
    name: 'read',
    checksum: 'read',
    images: async (indices: Int32Array) => copyRows(held.images, 16 * 16 * 3, indices),
  };
  const rows: TemperatureRow[] = [];
  for (const dataset of [held, read])
    for await (const row of temperatureStudy({
      dataset,
      temperatures: [0.3],
      seeds: [0],
      epochs: 1,
      batch: 32,
      projector: [32, 32],
      evaluations: 1,
      folder: temporary(),
      jobs: 1,
    }))
      rows.push(row);
  const [a, b] = rows as [TemperatureRow, TemperatureRow];
  for (const name of ['alignment', 'uniformity', 'tolerance'] as const)
    assert.ok(Math.abs(a[name] - b[name]) < 1e-3 * Math.abs(a[name]), `${name}: ${a[name]} held, ${b[name]} read`);
  assert.ok(Math.abs(a.course[0]!.loss - b.course[0]!.loss) < 1e-4);
  // an image more or less at a bin's edge
  a.positiveSimilarities.forEach((share, bin) => assert.ok(Math.abs(share - b.positiveSimilarities[bin]!) < 0.05));
});

test('losses, methods, schedules: each is a run of its own, a loss without temperature once a seed', async () => {
  const small = {
    dataset: tinyDataset(),
    seeds: [0],
    epochs: 1,
    batch: 32,
    projector: [32, 32],
    evaluations: 1,
    folder: temporary(),
    jobs: 1,
  };
  const rowsOf = async (options: Partial<TemperatureStudyOptions>) => {
    const rows: TemperatureRow[] = [];
    for await (const row of temperatureStudy({...small, ...options})) rows.push(row);
    return rows;
  };
  const rows = await rowsOf({
    losses: ['hardContrastive', 'simple'],
    temperatures: [0.1, {schedule: 'cosine', from: 1, to: 0.1, periods: 0.5}],
    share: 0.2,
  });
  assert.deepEqual(
    rows.map(({loss, temperature, schedule}) => [loss, temperature, schedule]),
    [
      ['hardContrastive', 0.1, null],
      ['hardContrastive', null, 'cosine 1 to 0.1, 0.5 periods'],
      ['simple', null, null],
    ],
  );
  // its last τ is 0.1, too
  assert.ok(Math.abs(Math.exp(rows[1]!.penaltyEntropy!) - Math.exp(rows[0]!.penaltyEntropy!)) > 0);
  assert.deepEqual([rows[2]!.penaltyEntropy, rows[2]!.pushShares], [null, null]);
  const others = [
    ...(await rowsOf({method: 'moco', temperatures: [0.2], moco: {queue: 64, momentum: 0.9, groups: 2}})),
    ...(await rowsOf({
      method: 'instanceDiscrimination',
      temperatures: [{schedule: 'learned', start: 0.2}],
      views: {recipe: 'mocoV1'},
    })),
  ];
  assert.deepEqual(
    others.map(({method, schedule}) => [method, schedule]),
    [
      ['moco', null],
      ['instanceDiscrimination', 'learned from 0.2'],
    ],
  );
  assert.ok(others[1]!.course[0]!.temperature! < 0.21);
  for (const row of [...rows, ...others]) assert.ok(row.course[0]!.loss !== 0 && row.uniformity > 0);
  // known, whatever the temperatures are
  assert.equal((await rowsOf({losses: ['simple'], temperatures: [0.5], share: 0.2}))[0]!.run, rows[2]!.run);
});

test('a loss that is no number ends its run with step and learning rate, and what was saved before stays', async () => {
  const folder = temporary();
  const run = async (rate: number) => {
    for await (const _ of temperatureStudy({
      dataset: tinyDataset(),
      temperatures: [0.1],
      seeds: [0],
      epochs: 3,
      batch: 32,
      projector: [32, 32],
      evaluations: 1,
      folder,
      jobs: 1,
      optimizer: {name: 'sgd', rate, decay: 0},
      schedule: {name: 'steps', drops: [[0.4, 1e30]]},
    }));
  };
  await assert.rejects(
    run(0.01),
    /^RangeError: (train: the loss became (NaN|Infinity) at step \d+ \(learning rate [\d.e+]+\)|saveCheckpoint: expected numbers in .* after step \d+, got NaN)/,
  );
  const [saved] = fs
    .readdirSync(folder)
    .map(id => path.join(folder, id, 'checkpoint.safetensors'))
    .filter(file => fs.existsSync(file));
  // the last epoch before the rate rose
  assert.equal((await readSafetensors(saved!)).metadata.step, '5');
});

test('a temperature of 0 and a batch above the data set are refused before anything is trained', async () => {
  const refused = (options: object, message: RegExp) =>
    assert.rejects(async () => {
      for await (const _ of temperatureStudy({
        dataset: tinyDataset(),
        folder: temporary(),
        projector: [32, 32],
        ...options,
      }));
    }, message);
  await refused({temperatures: [0.1, 0]}, /^RangeError: temperature: expected temperature > 0, got 0/);
  await refused({temperatures: []}, /^RangeError: temperatureStudy: expected at least one of temperatures, got none/);
  await refused(
    {temperatures: [0.1, 0.3, 0.1]},
    /^RangeError: temperatureStudy: expected each of temperatures once, got 0\.1, 0\.3, 0\.1: a run that counts twice makes intervals too narrow/,
  );
  await refused(
    {losses: ['tripplet']},
    /^RangeError: temperatureStudy: expected losses of contrastive, .*, got 'tripplet'/,
  );
  await refused(
    {method: 'moko'},
    /^RangeError: contrastiveTask: expected simclr, moco, instanceDiscrimination, got 'moko'/,
  );
  await refused(
    {method: 'moco', losses: ['alignmentUniformity'], batch: 32},
    /^RangeError: namedLoss: expected a loss of similarities with a queue or bank, got 'alignmentUniformity'/,
  );
  await refused(
    {projector: [128, 64]},
    /^RangeError: temperatureStudy: expected at least as many test images as projections have dimensions, 64, got 40/,
  );
  await refused(
    {batch: 256},
    /^RangeError: train: expected at least one batch of 256 samples, the source has 160: choose a smaller batch/,
  );
});
