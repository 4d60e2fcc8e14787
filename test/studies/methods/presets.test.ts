// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {cifar10} from '../../../lib/datasets/cifar10';
import {subset} from '../../../lib/datasets/subset';
import {methodPresets, smallMethods} from '../../../lib/studies/methods/presets';
import {methodStudy, type MethodRow} from '../../../lib/studies/methods/study';
import {methodNames} from '../../../lib/methods/catalogue';
import {methodTask} from '../../../lib/study/methodTask';
import {packNoise} from '../../study/noiseCifar';
import {serving} from '../../datasets/cifar';
import {shareOfHits} from '../../study/shareOfHits';
import {tinyDataset} from '../../study/tinyDataset';

test('every method once, but the hub and those that need a transformer, and each is made by its settings', () => {
  assert.deepEqual(
    smallMethods.map(({method}) => method.method).sort(),
    Object.keys(methodNames)
      .filter(name => !['siamese', 'ibot', 'mae', 'sdae'].includes(name))
      .sort(),
  );
  const dataset = tinyDataset(32);
  for (const preset of Object.values(methodPresets))
    for (const {name: _, method, ...own} of preset.variants) {
      if (method.method === 'pcl') continue; // more clusters than the tiny set has images
      methodTask({dataset, method, seed: 0, ...own}).task.source.dispose();
    }
});

test("lightly's setting, from a file in CIFAR's format to a row: one method, all but batch and number of epochs", () =>
  serving(async ({files, base, folder}) => {
    const {load: _, variants, ...paper} = methodPresets.paper;
    const dataset = await cifar10({base, folder, sha256: packNoise(files, {images: 45, test: 40}), log() {}});
    const rows: MethodRow[] = [];
    for await (const row of methodStudy({
      ...paper,
      variants: variants.filter(({method}) => method.method === 'simsiam'),
      // 200 neighbors need as many training images; a step shows that the setting trains
      dataset: subset(dataset, {pretrain: 32}),
      batch: 32,
      seeds: [0],
      epochs: 1,
      jobs: 1,
      folder: fs.mkdtempSync(path.join(os.tmpdir(), 'paper-')),
    }))
      rows.push(row);
    assert.deepEqual(
      rows.map(({variant, dataset: name}) => [variant, name]),
      [['SimSiam', 'cifar-10']],
    );
    for (const {last, hits, course, protocol} of rows) {
      assert.deepEqual([last.knn, last.linear], [shareOfHits(hits.knn), shareOfHits(hits.linear)]);
      assert.ok(hits.knn.length === 40 && Number.isFinite(course[0]!.loss), JSON.stringify(course));
      assert.match(protocol, /^200-NN, cosine, τ = 0\.1; /);
    }
  }));
