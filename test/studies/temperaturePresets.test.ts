import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {cifar10} from '../../lib/datasets/cifar10';
import {temperaturePresets} from '../../lib/studies/temperaturePresets';
import {temperatureStudy, type TemperatureRow} from '../../lib/studies/temperatureStudy';
import {pack, record, serving} from '../datasets/cifar';
import {hashed} from '../reference/hashed';

/** Records of noise, ten classes in turn. */
const noise = (name: string, count: number) => Buffer.concat(Array.from({length: count}, (_, i) => {
  const image = record([i % 10], 0);
  hashed(`${name} ${i}`, [3072]).forEach((value, at) => { image[1 + at] = Math.floor(127.5 * (value + 1)); });
  return image;
}));

test("the paper's setting, from a file in CIFAR's format to rows: all but the number of epochs", {timeout: 240_000}, () => serving(async ({files, base, folder}) => {
  const batches = Object.fromEntries([1, 2, 3, 4, 5].map(i => [`data_batch_${i}.bin`, noise(`train ${i}`, 28)]));
  const {sha256} = pack(files, 'cifar-10-binary.tar.gz', 'cifar-10-batches-bin', {...batches, 'test_batch.bin': noise('test', 128), 'batches.meta.txt': 'abcdefghij'.split('').join('\n')});
  const {load: _, ...paper} = temperaturePresets.paper;
  const dataset = await cifar10({base, folder, sha256, log() {}});
  const rows: TemperatureRow[] = [];
  for await (const row of temperatureStudy({...paper, dataset, losses: ['hardContrastive', 'simple'], temperatures: [0.3], seeds: [0], epochs: 1, jobs: 1, folder: fs.mkdtempSync(path.join(os.tmpdir(), 'paper-'))})) rows.push(row);
  assert.deepEqual(rows.map(({method, loss, dataset}) => [method, loss, dataset]), [['instanceDiscrimination', 'hardContrastive', 'cifar-10'], ['instanceDiscrimination', 'simple', 'cifar-10']]);
  for (const {last, uniformity, hits, course} of rows) {
    assert.ok(last.linear >= 0 && last.linear <= 1 && Number.isFinite(uniformity) && Number.isFinite(course[0]!.loss), JSON.stringify(course));
    assert.match(hits.knn, /^[01]{128}$/);
  }
}));
