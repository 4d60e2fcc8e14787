// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {
  attmaskVariants,
  cropStrategies,
  cropStrategyNames,
  attmaskStudy,
  attmaskAblation,
  type CropStrategyName,
} from '../../../lib/studies/attmask/study';
import {attmaskPresets} from '../../../lib/studies/attmask/presets';
import type {MethodRow} from '../../../lib/studies/methods/study';
import {methodTask} from '../../../lib/study/methodTask';
import {shareOfHits} from '../../study/shareOfHits';
import {tinyDataset} from '../../study/tinyDataset';

test('every strategy is a line and a training, and nothing but the mask differs', () => {
  const variants = attmaskVariants(cropStrategyNames, {options: {prototypes: 20}, teacherTemperature: 0.05});
  assert.deepEqual(
    variants.map(({name}) => name),
    [...cropStrategyNames],
  );
  assert.deepEqual(
    attmaskAblation.lines,
    cropStrategyNames.map(name => [name, name]),
  );
  assert.deepEqual(
    variants.map(({method, ...training}) => ({...training, name: '', method: {...method, mask: 0}})),
    variants.map(() => ({
      name: '',
      method: {method: 'ibot', options: {prototypes: 20}, teacherTemperature: 0.05, mask: 0},
    })),
  );
  assert.deepEqual(cropStrategies, {
    random: {strategy: 'random'},
    'block-wise': {strategy: 'block'},
    'AttMask-Low': {strategy: 'attention', mode: 'low'},
    'AttMask-Hint': {strategy: 'attention', mode: 'hint'},
    'AttMask-High': {strategy: 'attention', mode: 'high'},
  });
});

test('the presets make trainings: paper of large crops, small ones beside them', () => {
  const dataset = tinyDataset(32);
  for (const {load: _, strategies = [...cropStrategyNames], ibot, seeds: __, ...settings} of [
    attmaskPresets.smoke,
    attmaskPresets.default,
  ]) {
    for (const {name: ___, method} of attmaskVariants(strategies, ibot))
      methodTask({dataset, method, seed: 0, ...settings}).task.source.dispose();
  }
  const {ibot, local, backbone, batch, views, optimizer} = attmaskPresets.paper;
  const [high] = attmaskVariants(['AttMask-High'], ibot);
  methodTask({
    dataset: tinyDataset(224),
    method: high!.method,
    seed: 0,
    local,
    backbone,
    batch,
    views,
    optimizer,
  }).task.source.dispose();
});

test('two strategies: a row each, sound numbers, and the mask is kept with the run', async () => {
  const rows: MethodRow[] = [];
  const dataset = tinyDataset(16);
  for await (const row of attmaskStudy({
    strategies: ['block-wise', 'AttMask-Hint'],
    ibot: {options: {hidden: 16, bottleneck: 16, prototypes: 20, momentum: 0.9}, teacherTemperature: 0.05},
    dataset,
    seeds: [3],
    epochs: 1,
    batch: 40,
    folder: fs.mkdtempSync(path.join(os.tmpdir(), 'attmask-')),
    jobs: 1,
  }))
    rows.push(row);
  assert.deepEqual(
    rows.map(({variant, settings}) => [variant, settings.backbone, (settings.method as {mask?: unknown}).mask]),
    [
      ['block-wise', 'vit-nano-token', {strategy: 'block'}],
      ['AttMask-Hint', 'vit-nano-token', {strategy: 'attention', mode: 'hint'}],
    ],
  );
  for (const {last, hits, course} of rows) {
    assert.deepEqual([last.knn, last.linear], [shareOfHits(hits.knn), shareOfHits(hits.linear)]);
    assert.ok(hits.knn.length === 40 && Number.isFinite(course[0]!.loss), JSON.stringify(course));
  }
  assert.throws(
    () => attmaskStudy({strategies: ['high' as CropStrategyName], dataset}),
    /^RangeError: attmaskStudy: expected strategies of random, block-wise, AttMask-Low, AttMask-Hint, AttMask-High, got 'high'$/,
  );
});
