import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {dialledViews, viewDialNames, viewDials} from '../../lib/studies/viewDials';
import {viewInformationStudy, type ViewInformationStudyOptions, type ViewRow} from '../../lib/studies/viewInformationStudy';
import {loadTiny, tinyFolder} from './tinyFolder';
import {tinyDataset} from './tinyDataset';

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'views-'));

async function rowsOf(options: Partial<ViewInformationStudyOptions>): Promise<ViewRow[]> {
  const rows: ViewRow[] = [];
  for await (const row of viewInformationStudy({dataset: tinyDataset(), dial: 'strength', values: [0, 1], seeds: [0], epochs: 2, batch: 32, candidates: 20, projector: [32], folder: temporary(), jobs: 1, ...options})) rows.push(row);
  return rows;
}

test('a row for each value and seed with both estimates, and nothing to do the second time', async () => {
  const options = {folder: temporary(), seeds: [0, 1]};
  const rows = await rowsOf(options);
  assert.deepEqual(rows.map(({dial, value, seed}) => [dial, value, seed]), [['strength', 0, 0], ['strength', 1, 0], ['strength', 0, 1], ['strength', 1, 1]]);
  for (const row of rows) {
    assert.equal(row.logK, Math.log(20));
    assert.ok(row.information < row.cosineCeiling && row.cosineCeiling < row.logK && Number.isFinite(row.donskerVaradhan));
    assert.ok(row.last.knn >= 0 && row.last.linear <= 1 && row.course.length === 2 && row.settings.candidates === 20);
  }
  assert.deepEqual(await rowsOf(options), rows);
});

test('the dial decides what views share: whole images without jitter share more than small crops of other colours', {timeout: 60_000}, async () => {
  const base = {strength: 0, blur: 0, smallestArea: 0.4};
  const [little, all] = await rowsOf({dial: 'area', values: [0.05, 1], epochs: 30, base});
  assert.ok(all!.information > little!.information + 0.3, `${all!.information} and ${little!.information}`);
});

test('each dial makes pairs of the images that it was given, within its range alone', () => {
  const dataset = tinyDataset(), base = {strength: 0.5, blur: 0, smallestArea: 0.4};
  for (const dial of viewDialNames) {
    const {from, to, title} = viewDials[dial];
    for (const value of [from, Math.min(to, 2)]) {
      const source = dialledViews({dataset, split: 'test', dial, value, base});
      const {first, second} = source.batch(tf.range(0, 3, 1, 'int32'), key(1), {});
      assert.deepEqual([source.size, first.shape, second.shape], [40, [3, 16, 16, 3], [3, 16, 16, 3]]);
      source.dispose();
    }
    assert.throws(() => dialledViews({dataset, split: 'test', dial, value: to + 1, base}), new RegExp(`expected the ${title} from`));
  }
});

test('two jobs give the rows of one', {timeout: 60_000}, async () => {
  const rows = await rowsOf({dataset: await loadTiny(await tinyFolder()), jobs: 2, candidates: 4});
  assert.deepEqual(rows.map(({value}) => value), [0, 1]);
});

test('bad input is refused in one line, before anything is trained', async () => {
  await assert.rejects(rowsOf({candidates: 41}), /^RangeError: viewInformationStudy: expected candidates from 2 to the 40 held-out pairs, got 41$/);
  await assert.rejects(rowsOf({dial: 'area', values: [0.5, 1.5]}), /^RangeError: dialledViews: expected the share of the image that each crop shows from 0\.001 to 1, got 1\.5$/);
  await assert.rejects(rowsOf({dial: 'hue' as never}), /^RangeError: dialledViews: expected a dial of .*strength.*, got 'hue'$/);
  await assert.rejects(rowsOf({transfer: ['cifar' as never]}), /expected data sets to transfer to of drawn-emoji, earth, photos, got 'cifar'/);
  await assert.rejects(rowsOf({values: []}), /expected at least one value and one seed, got 0 and 1/);
});
