// slow: starts processes

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
  assert.deepEqual(
    finishedRows<{seed: number}>(folder)
      .map(row => row.seed)
      .sort(),
    [0, 1],
  );
  assert.deepEqual(
    finishedRows<{seed: number}>(folder, options => options.seed === 1),
    [{seed: 1}],
  );
});

test('a torn last line is dropped, and rewinding drops what followed the checkpoint', async () => {
  const run = await openRun(study(), {}, {});
  for (const step of [1, 2, 3]) run.append({step, loss: 1 / step});
  fs.appendFileSync(path.join(run.folder, 'history.jsonl'), '{"step":4,"lo');
  assert.deepEqual(
    run.history().map(line => line.step),
    [1, 2, 3],
  );
  await run.rewind(2);
  run.append({step: 3, loss: 0});
  assert.deepEqual(
    run.history().map(line => [line.step, line.loss]),
    [
      [1, 1],
      [2, 0.5],
      [3, 0],
    ],
  );
});

/** The claim that another process puts down for the run of these options, and its folder. */
const claimOf = (folder: string, options: {[name: string]: number}, pid: number) =>
  path.join(folder, `claim-${hashOptions(options).slice(0, 16)}-${pid}`);

test('another living process keeps its run; an ended one leaves it, also when its number is given again', async () => {
  const folder = study();
  const run = await openRun(folder, {seed: 0}, {});
  run.close();
  const sleeper = spawn('sleep', ['30']);
  const claim = claimOf(folder, {seed: 0}, sleeper.pid!);
  try {
    const beginning = fs.readFileSync(`/proc/${sleeper.pid}/stat`, 'utf8').split(' ')[21]!;
    for (const text of ['', beginning]) {
      fs.writeFileSync(claim, text);
      await assert.rejects(
        openRun(folder, {seed: 0}, {}),
        new RegExp(
          `^RangeError: openRun: run ${run.id} is being trained by process ${sleeper.pid}: wait for it, or end it`,
        ),
      );
    }
    (await openRun(folder, {seed: 1}, {})).close();
    fs.writeFileSync(claim, '1');
    (await openRun(folder, {seed: 0}, {})).close();
  } finally {
    sleeper.kill();
  }
  fs.writeFileSync(claimOf(folder, {seed: 0}, spawnSync('true').pid), '');
  (await openRun(folder, {seed: 0}, {})).close();
  assert.deepEqual(
    fs.readdirSync(folder).filter(name => name.startsWith('claim')),
    [],
  );
});

test('of processes that begin the same run at once, at most one has it at a time, and all have the same', async () => {
  const folder = study();
  const begin = Date.now() + 2500; // when all have started
  const script = `import fs from 'node:fs';
import {openRun} from ${JSON.stringify(path.join(__dirname, '../../lib/training/run.ts'))};
async function main() {
  for (let round = 0; round < 100; round++) {
    const at = ${begin} + 15 * round;
    await new Promise(resolve => setTimeout(resolve, at - Date.now() - 2));
    while (Date.now() < at);   // both go in the same moment
    try {
      const run = await openRun(${JSON.stringify(folder)}, {round: Math.floor(round / 25)}, {});
      fs.writeFileSync(run.folder + '/inside', '', {flag: 'wx'});   // fails when another is in
      await new Promise(resolve => setTimeout(resolve, 2));
      fs.rmSync(run.folder + '/inside');
      run.close();
      console.log(round, run.id);
    } catch (error) {
      if (!/is being trained by process/.test(error.message)) throw error;
    }
  }
}
void main();`;
  const file = path.join(study(), 'contender.ts');
  fs.writeFileSync(file, script);
  const contenders = await Promise.all(
    [0, 1].map(
      () =>
        new Promise<{code: number | null; output: string}>(resolve => {
          const child = spawn(process.execPath, ['--import', 'tsx', file], {
            env: {...process.env, NODE_TEST_CONTEXT: undefined},
          });
          let output = '';
          for (const stream of [child.stdout, child.stderr])
            stream.on('data', text => {
              output += text;
            });
          child.on('close', code => resolve({code, output}));
        }),
    ),
  );
  for (const {code, output} of contenders) assert.equal(code, 0, output);
  const ids = new Set(
    contenders.flatMap(({output}) =>
      output
        .trim()
        .split('\n')
        .filter(Boolean)
        .map(line => line.split(' ')[1]),
    ),
  );
  assert.equal(ids.size, fs.readdirSync(folder).length, 'a run has two folders, or a claim stayed');
  assert.equal(ids.size, 4);
});
