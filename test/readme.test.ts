// The README's example method is code that runs, and its commands exist.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import type {Backbone, Method} from '../lib/module';
import {smallConv} from '../lib/backbones/smallConv';
import {lossTitles} from '../lib/studies/temperature/lossTitles';
import {published} from '../lib/study/publish';
import type {TemperatureRow} from '../lib/studies/temperature/study';
import {adamW} from '../lib/training/adamW';
import {constant} from '../lib/schedules';
import {train} from '../lib/training/train';
import {openTraining} from '../lib/training/training';
import {simclrCifarViews} from '../lib/views/recipes/simclrCifar';
import {twoViews, type TwoViews} from '../lib/views/sources/twoViews';
import {tinyDataset} from './study/tinyDataset';

const root = path.join(__dirname, '..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');

test('the example method learns', async () => {
  const code = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(match => match[1]!).find(block => block.includes('export function alignUniform'));
  assert.ok(code, 'no block defines alignUniform');
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'readme-')), 'alignUniform.ts');
  fs.writeFileSync(file, code.replace("'ssl-workbench'", JSON.stringify(path.join(root, 'lib', 'index.ts'))));
  const {alignUniform} = require(file) as {alignUniform(options: {backbone: Backbone}): Method<TwoViews>};
  const dataset = tinyDataset(16);
  const task = {method: alignUniform({backbone: smallConv({width: 16})}), optimizer: adamW(), schedule: constant(3e-3), epochs: 8, batch: 32, seed: 0,
    source: twoViews({dataset, recipe: simclrCifarViews({size: 16, mean: dataset.mean, standardDeviation: dataset.standardDeviation})})};
  const losses: number[] = [];
  for await (const {loss} of train(task, openTraining(task))) losses.push(loss);
  assert.ok(losses.at(-1)! < losses[0]! - 0.3, `from ${losses[0]} to ${losses.at(-1)}`);
});

test('every command of the README is a script of package.json, every linked file is there', () => {
  const {scripts} = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {scripts: Record<string, string>};
  const named = [...readme.matchAll(/npm (?:run )?([a-z]+)/g)].map(match => match[1]!).filter(word => !['and', 'packages'].includes(word));
  assert.ok(named.length >= 8);
  for (const name of named) assert.ok(scripts[name], `npm ${name} is no script`);
  for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) assert.ok(fs.existsSync(path.join(root, target!)), `${target} is missing`);
});

test('the table of results is that of the published rows', () => {
  const {rows, baselines} = published<TemperatureRow>('temperature', 'drawn-emoji-32-default');
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const percent = (values: number[]) => (100 * mean(values)).toFixed(1);
  const nameOf = ({loss, temperature}: TemperatureRow) => `${lossTitles[loss]}${temperature === null ? '' : `, τ = ${temperature}`}`;
  for (const name of new Set(rows.map(nameOf))) {
    const chosen = rows.filter(row => nameOf(row) === name);
    const cells = [percent(chosen.map(row => row.last.knn)), percent(chosen.map(row => row.last.linear)), mean(chosen.map(row => row.uniformity)).toFixed(2), mean(chosen.map(row => row.tolerance)).toFixed(2)];
    assert.ok(readme.includes(`| ${name} | ${cells.join(' | ')} |`), `| ${name} | ${cells.join(' | ')} |`);
  }
  for (const baseline of new Set(baselines.map(row => row.baseline))) {
    const chosen = baselines.filter(row => row.baseline === baseline);
    assert.ok(readme.includes(`| ${baseline} | ${percent(chosen.map(row => row.knn))} | ${percent(chosen.map(row => row.linear))} |`), baseline);
  }
});
