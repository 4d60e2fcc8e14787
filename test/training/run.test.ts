import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {finishedRows, hashOptions, openRun} from '../../lib/training/run';

const study = () => fs.mkdtempSync(path.join(os.tmpdir(), 'study-'));

test('the same options find the same run, others a new one', async () => {
  const folder = study();
  const a = await openRun(folder, {temperature: 0.1, seed: 0}, {});
  a.close();
  const b = await openRun(folder, {seed: 0, temperature: 0.1}, {});
  b.close();
  const c = await openRun(folder, {temperature: 0.2, seed: 0}, {});
  c.close();
  assert.equal(a.id, b.id);
  assert.notEqual(a.id, c.id);
  assert.notEqual(hashOptions({a: 1, b: [1, 2]}), hashOptions({a: 1, b: [2, 1]}));
});

test('a finished run has its row; rows are found by their options', async () => {
  const folder = study();
  for (const seed of [0, 1, 2]) {
    const run = await openRun<{seed: number}>(folder, {seed}, {device: 'CPU'});
    assert.equal(run.row, undefined);
    if (seed < 2) await run.finish({seed});
    run.close();
  }
  assert.deepEqual((await openRun(folder, {seed: 1}, {})).row, {seed: 1});
  assert.deepEqual(finishedRows<{seed: number}>(folder).map(row => row.seed).sort(), [0, 1]);
  assert.deepEqual(finishedRows<{seed: number}>(folder, options => options.seed === 1), [{seed: 1}]);
});

test('a torn last line is dropped, and rewinding drops what followed the checkpoint', async () => {
  const run = await openRun(study(), {}, {});
  for (const step of [1, 2, 3]) run.append({step, loss: 1 / step});
  fs.appendFileSync(path.join(run.folder, 'history.jsonl'), '{"step":4,"lo');
  assert.deepEqual(run.history().map(line => line.step), [1, 2, 3]);
  await run.rewind(2);
  run.append({step: 3, loss: 0});
  assert.deepEqual(run.history().map(line => [line.step, line.loss]), [[1, 1], [2, 0.5], [3, 0]]);
});

test('another living process keeps its run; one that has ended leaves it', async () => {
  const folder = study();
  const run = await openRun(folder, {seed: 0}, {});
  run.close();
  const sleeper = spawn('sleep', ['30']);
  try {
    fs.writeFileSync(path.join(run.folder, 'lock'), String(sleeper.pid));
    await assert.rejects(openRun(folder, {seed: 0}, {}), new RegExp(`^RangeError: openRun: run ${run.id} is being trained by process ${sleeper.pid}: wait for it, or end it`));
  } finally {
    sleeper.kill();
  }
  const ended = spawnSync('true');
  fs.writeFileSync(path.join(run.folder, 'lock'), String(ended.pid));
  (await openRun(folder, {seed: 0}, {})).close();
  assert.ok(!fs.existsSync(path.join(run.folder, 'lock')));
});
