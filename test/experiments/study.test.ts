// The command line of studies: every mistake has its line, and a whole study runs.
// slow: starts processes

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {program} from '../../experiments/study';
import type {HistoryLine} from '../../lib/training/run';
import {readEvents} from '../training/readEvents';
import {coloredImages} from './coloredImages';

const root = path.join(__dirname, '../..');
const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'study-'));

for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({writeErr() {}});

/** Ends with an error whose message fits, before anything is computed. */
const refused = (args: string[], line: RegExp) => assert.rejects(program.parseAsync(args, {from: 'user'}), line);

test('mistakes on the command line name what was meant', async () => {
  await refused(['temperatur'], /unknown command 'temperatur'\n\(Did you mean temperature\?\)/);
  await refused(
    ['temperature', '--temperatres', '0.1'],
    /unknown option '--temperatres'\n\(Did you mean --temperatures\?\)/,
  );
  await refused(
    ['temperature', '--temperatures', '0.1;0.2'],
    /'--temperatures <list>' argument '0\.1;0\.2' is invalid\. expected values above 0, cosine:<from>:<to>:<periods> or learned:<start>, with commas/,
  );
  await refused(['temperature', '--temperatures', '0.1,cosine:1'], /expected values above 0, .* got "cosine:1"/);
  await refused(
    ['temperature', '--losses', 'contrastive,tripplet'],
    /'--losses <list>' argument 'contrastive,tripplet' is invalid\. expected losses of contrastive, .* got "tripplet"/,
  );
  await refused(
    ['temperature', '--method', 'moko'],
    /'--method <name>' argument 'moko' is invalid\. Allowed choices are simclr, moco, instanceDiscrimination/,
  );
  await refused(
    ['temperature', '--seeds', '0.5'],
    /'--seeds <list>' argument '0\.5' is invalid\. expected whole numbers from 0/,
  );
  await refused(
    ['temperature', '--epochs', '0'],
    /'--epochs <n>' argument '0' is invalid\. expected a whole number from 1/,
  );
  await refused(
    ['temperature', '--jobs', '0'],
    /'--jobs <n>' argument '0' is invalid\. expected a whole number from 1/,
  );
  await refused(
    ['methods', '--variants', 'simclr,bjol'],
    /'--variants <list>' argument 'simclr,bjol' is invalid\. expected methods of siamese, simclr, .* got "bjol"/,
  );
  await refused(
    ['attmask', '--strategies', 'random,high'],
    /'--strategies <list>' argument 'random,high' is invalid\. expected strategies of random, block-wise, AttMask-Low, .* got "high"/,
  );
  await refused(
    ['siblings', '--ablations', 'parts,predictors'],
    /'--ablations <list>' argument 'parts,predictors' is invalid\. expected ablations of parts, predictor, batchNorm, .* got "predictors"/,
  );
  await refused(
    ['methods', '--backbone', 'resnet'],
    /'--backbone <name>' argument 'resnet' is invalid\. Allowed choices are smallConv, /,
  );
  await refused(
    ['temperature', '--preset', 'quick'],
    /'--preset <name>' argument 'quick' is invalid\. Allowed choices are smoke, default, paper/,
  );
});

test('what the options mean is refused before anything is measured', async () => {
  await refused(
    ['temperature', '--dataset', 'cifar10'],
    /^RangeError: --dataset: expected drawn-emoji, .* or a folder of images, got "cifar10", which does not exist/,
  );
  await refused(
    ['temperature', '--publish', '--seeds', '0'],
    /^RangeError: --publish: expected a preset as it is, without other options/,
  );
});

test('a study of a folder of images: rows, a figure, and nothing to do the second time', async () => {
  const images = await coloredImages();
  const folder = temporary();
  const run = (temperatures: string, ...more: string[]) =>
    spawnSync(
      process.execPath,
      [
        '--import',
        'tsx',
        path.join(root, 'experiments', 'study.ts'),
        'temperature',
        '--dataset',
        images,
        '--size',
        '16',
        '--losses',
        'contrastive,hardSimple',
        '--temperatures',
        temperatures,
        '--seeds',
        '0',
        '--jobs',
        '2',
        '--epochs',
        '1',
        '--batch',
        '16',
        '--projector',
        '16,16',
        ...more,
      ],
      {cwd: root, encoding: 'utf8', env: {...process.env, SSL_RESULTS: folder, NODE_TEST_CONTEXT: undefined}},
    );
  const wrong = run('0');
  assert.equal(wrong.status, 1);
  assert.match(
    wrong.stderr,
    /^error: option '--temperatures <list>' argument '0' is invalid\. expected values above 0, .* got "0"\.\n$/,
  );
  assert.deepEqual(fs.readdirSync(folder), []);
  const first = run('0.1,1', '--tensorboard');
  assert.equal(first.status, 0, first.stderr);
  for (const line of [
    /^event files: tensorboard --logdir \S/m,
    /^chance: k-NN \d+\.\d %/m,
    /^untrained, seed 0/m,
    /^τ 0\.1, seed 0: k-NN [\d.]+ %, linear/m,
    /^τ 1, seed 0/m,
    /^hardSimple, seed 0: k-NN/m,
    /figures: .*\.html, .*-losses\.html$/m,
  ])
    assert.match(first.stdout, line);
  assert.ok(fs.readdirSync(path.join(folder, 'temperature')).some(file => file.endsWith('-losses.html')));
  const [id] = first.stdout.match(/(?<=^τ 1, .*\(run )\w+/m)!;
  const history = fs
    .readFileSync(path.join(folder, 'temperature', id, 'history.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as HistoryLine);
  const events = readEvents(path.join(folder, 'temperature', id, 'temperature 1, seed 0')).slice(1);
  assert.deepEqual(
    events.map(({step, scalars}) => [step, scalars.loss, scalars['evaluation/accuracies/knn']]),
    history.map(({step, loss, evaluation}) => [
      step,
      typeof loss === 'number' ? Math.fround(loss) : undefined,
      evaluation && Math.fround((evaluation as {accuracies: {knn: number}}).accuracies.knn),
    ]),
  );
  assert.ok(
    events.length > 3 && ['loss', 'learningRate', 'alignment', 'uniformity'].every(name => name in events[0]!.scalars),
    JSON.stringify(events[0]),
  );
  const rows = (text: string) => text.split('\n').filter(line => line.startsWith('τ'));
  const second = run('0.1,1');
  assert.deepEqual(rows(second.stdout), rows(first.stdout));
  assert.doesNotMatch(second.stdout, /step/);
});

test('ablations of a folder: rows, a figure for each that is whole, and the published ones beside', async () => {
  const images = await coloredImages();
  const folder = temporary();
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      'tsx',
      path.join(root, 'experiments', 'study.ts'),
      'siblings',
      '--ablations',
      'predictor',
      '--dataset',
      images,
      '--size',
      '16',
      '--seeds',
      '0',
      '--jobs',
      '1',
      '--epochs',
      '1',
      '--batch',
      '16',
    ],
    {cwd: root, encoding: 'utf8', env: {...process.env, SSL_RESULTS: folder, NODE_TEST_CONTEXT: undefined}},
  );
  assert.equal(run.status, 0, run.stderr);
  for (const line of [
    /^untrained, seed 0/m,
    /^cosine, predictor, stop-gradient, seed 0: k-NN [\d.]+ %, linear/m,
    /^fixed random predictor, seed 0/m,
    /figures: \S+-predictor\.html$/m,
  ])
    assert.match(run.stdout, line);
  const [file] = fs.readdirSync(path.join(folder, 'siblings')).filter(name => name.endsWith('-predictor.html'));
  assert.ok(fs.readFileSync(path.join(folder, 'siblings', file!), 'utf8').includes('68.1 %'), "SimSiam's own");
});

test('studies that share a folder have figures of their own names', async () => {
  const images = await coloredImages();
  const folder = temporary();
  for (const [study, value] of [
    ['view-crop', '0.5'],
    ['view-jitter', '1'],
  ]) {
    const run = spawnSync(
      process.execPath,
      [
        '--import',
        'tsx',
        path.join(root, 'experiments', 'study.ts'),
        study!,
        '--preset',
        'smoke',
        '--values',
        value!,
        '--dataset',
        images,
        '--size',
        '16',
        '--jobs',
        '1',
        '--batch',
        '16',
        '--candidates',
        '4',
      ],
      {cwd: root, encoding: 'utf8', env: {...process.env, SSL_RESULTS: folder, NODE_TEST_CONTEXT: undefined}},
    );
    assert.equal(run.status, 0, run.stderr);
  }
  const figures = fs.readdirSync(path.join(folder, 'views')).filter(file => file.endsWith('.html'));
  assert.deepEqual(figures.map(file => file.replace(/-images.*-smoke|-[^-]*-smoke/, '')).sort(), [
    'view-crop-dial.html',
    'view-crop.html',
    'view-jitter-dial.html',
    'view-jitter.html',
  ]);
});
