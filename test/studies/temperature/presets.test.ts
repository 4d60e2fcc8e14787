// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {cifar10} from '../../../lib/datasets/cifar10';
import {subset} from '../../../lib/datasets/subset';
import {temperaturePresets} from '../../../lib/studies/temperature/presets';
import {temperatureStudy, type TemperatureRow} from '../../../lib/studies/temperature/study';
import {serving} from '../../datasets/cifar';
import {packNoise} from '../../study/noiseCifar';
import {shareOfHits} from '../../study/shareOfHits';

test("the paper's setting, from a file in CIFAR's format to a row: all but batch and number of epochs", () =>
  serving(async ({files, base, folder}) => {
    const {load: _, ...paper} = temperaturePresets.paper;
    const dataset = await cifar10({base, folder, sha256: packNoise(files, {images: 28, test: 128}), log() {}});
    const rows: TemperatureRow[] = [];
    for await (const row of temperatureStudy({
      ...paper,
      dataset: subset(dataset, {pretrain: 32}),
      batch: 32,
      losses: ['hardContrastive'],
      temperatures: [0.3],
      seeds: [0],
      epochs: 1,
      jobs: 1,
      folder: fs.mkdtempSync(path.join(os.tmpdir(), 'paper-')),
    }))
      rows.push(row);
    assert.deepEqual(
      rows.map(({method, loss, dataset: name}) => [method, loss, name]),
      [['instanceDiscrimination', 'hardContrastive', 'cifar-10']],
    );
    for (const {last, uniformity, hits, course} of rows) {
      assert.ok(Number.isFinite(uniformity) && Number.isFinite(course[0]!.loss), JSON.stringify(course));
      assert.match(hits.knn, /^[01]{128}$/);
      assert.equal(last.linear, shareOfHits(hits.linear));
    }
  }));
