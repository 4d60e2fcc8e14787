// The command line of profiles: every mistake has its line, and a whole profile is made.
// slow: starts processes

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {program} from '../../experiments/profile';
import {coloredImages} from './coloredImages';

const root = path.join(__dirname, '../..');

for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({writeErr() {}});

test('mistakes on the command line name what was meant', async () => {
  const refused = (args: string[], line: RegExp) => assert.rejects(program.parseAsync(args, {from: 'user'}), line);
  await refused(['temperatur'], /unknown command 'temperatur'\n\(Did you mean temperature\?\)/);
  await refused(['temperature', '--bach', '8'], /unknown option '--bach'\n\(Did you mean --batch\?\)/);
  await refused(
    ['temperature', '--runs', '0'],
    /'--runs <n>' argument '0' is invalid\. expected a whole number from 1/,
  );
  await refused(['temperature', '--preset', 'quick'], /Allowed choices are smoke, default, paper/);
});

test('tables and figures of a folder of images', async () => {
  const results = fs.mkdtempSync(path.join(os.tmpdir(), 'profile-'));
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [
      '--import',
      'tsx',
      path.join(root, 'experiments', 'profile.ts'),
      'temperature',
      '--dataset',
      await coloredImages(),
      '--size',
      '16',
      '--batch',
      '16',
      '--projector',
      '16,16',
      '--runs',
      '4',
      '--rows',
      '5',
    ],
    {cwd: root, encoding: 'utf8', env: {...process.env, SSL_RESULTS: results, NODE_TEST_CONTEXT: undefined}},
  );
  assert.equal(status, 0, stderr);
  assert.match(
    stdout,
    /^a step: [\d.]+ ms \([\d.]+ to [\d.]+\) untraced, [\d.]+ ms \([\d.]+ to [\d.]+\) traced; 4 runs each$/m,
  );
  for (const heading of [/^operation +count +ms a step +share$/m, /^part: file +count +ms a step +share$/m]) {
    const rows = stdout.slice(stdout.search(heading)).split('\n').slice(1, 7);
    const shares = rows.map(row => Number(row.match(/([\d.]+) %$/)?.[1]));
    assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 100) < 0.5, `${rows}`);
    assert.match(rows[5]!, /^\d+ more /);
  }
  assert.deepEqual(
    fs
      .readdirSync(path.join(results, 'profile'))
      .map(file => path.extname(file))
      .sort(),
    ['.csv', '.html', '.png'],
  );
});
