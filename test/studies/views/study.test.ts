// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import sharp from 'sharp';
import {loadPairs} from '../../../lib/datasets/pairOrigin';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {dialedViews, viewDialNames, viewDials} from '../../../lib/studies/views/dials';
import {viewInformationStudy, type ViewInformationStudyOptions, type ViewRow} from '../../../lib/studies/views/study';
import {loadTiny, tinyFolder} from '../../study/tinyFolder';
import {shareOfHits} from '../../study/shareOfHits';
import {tinyDataset} from '../../study/tinyDataset';

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'views-'));

async function rowsOf(options: Partial<ViewInformationStudyOptions>): Promise<ViewRow[]> {
  const rows: ViewRow[] = [];
  for await (const row of viewInformationStudy({
    dataset: tinyDataset(),
    dial: 'strength',
    values: [0, 1],
    seeds: [0],
    epochs: 2,
    batch: 32,
    candidates: 20,
    projector: [32],
    folder: temporary(),
    jobs: 1,
    ...options,
  }))
    rows.push(row);
  return rows;
}

test('a row for each value and seed with both estimates, and nothing to do the second time', async () => {
  const options = {folder: temporary(), seeds: [0, 1]};
  const rows = await rowsOf(options);
  assert.deepEqual(
    rows.map(({dial, value, seed}) => [dial, value, seed]),
    [
      ['strength', 0, 0],
      ['strength', 1, 0],
      ['strength', 0, 1],
      ['strength', 1, 1],
    ],
  );
  for (const row of rows) {
    assert.equal(row.logK, Math.log(20));
    assert.ok(
      row.information < row.cosineCeiling && row.cosineCeiling < row.logK && Number.isFinite(row.donskerVaradhan),
    );
    assert.deepEqual(row.last, {knn: shareOfHits(row.hits.knn), linear: shareOfHits(row.hits.linear)});
    assert.deepEqual([row.hits.knn.length, row.course.length, row.settings.candidates], [40, 2, 20]);
  }
  assert.deepEqual(await rowsOf(options), rows);
});

test('views smaller than the images: pairs are as small in training and on held-out images', async () => {
  const base = {strength: 0.5, blur: 0, smallestArea: 0.4, scale: 0.75};
  for (const dial of ['area', 'sigma'] as const) {
    const source = dialedViews({dataset: tinyDataset(), split: 'test', dial, value: 0.5, base});
    const {first, second} = source.batch(tf.range(0, 3, 1, 'int32'), key(1), {});
    assert.deepEqual(
      [first.shape, second.shape],
      [
        [3, 12, 12, 3],
        [3, 12, 12, 3],
      ],
    );
    source.dispose();
    const [row] = await rowsOf({dial, values: [0.5], epochs: 1, base});
    assert.ok(Number.isFinite(row!.information), String(row!.information));
  }
});

test('the dial decides what views share: whole images without jitter more than small jittered crops', async () => {
  const base = {strength: 0, blur: 0, smallestArea: 0.4};
  const [little, all] = await rowsOf({dial: 'area', values: [0.05, 1], epochs: 30, base});
  assert.ok(all!.information > little!.information + 0.3, `${all!.information} and ${little!.information}`);
});

test('each dial makes pairs of the images that it was given, within its range alone', () => {
  const dataset = tinyDataset();
  const base = {strength: 0.5, blur: 0, smallestArea: 0.4};
  for (const dial of ['area', 'smallestArea', 'strength', 'sigma'] as const) {
    const {from, to, title} = viewDials[dial];
    for (const value of [from, Math.min(to, 2)]) {
      const source = dialedViews({dataset, split: 'test', dial, value, base});
      const {first, second} = source.batch(tf.range(0, 3, 1, 'int32'), key(1), {});
      assert.deepEqual([source.size, first.shape, second.shape], [40, [3, 16, 16, 3], [3, 16, 16, 3]]);
      source.dispose();
    }
    assert.throws(
      () => dialedViews({dataset, split: 'test', dial, value: to + 1, base}),
      new RegExp(`expected the ${title} from`),
    );
  }
});

test('refused before anything is trained: a blur that reaches beyond the views', async () => {
  const base = {strength: 0.5, blur: 0, smallestArea: 0.4, scale: 0.5};
  await assert.rejects(
    rowsOf({dial: 'sigma', values: [1, 4], base}),
    /^RangeError: dialedViews: expected sigma at most 2\.33 pixels for views of 8 px, got 4$/,
  );
});

/** Four images of 60 × 50 pixels that change slowly, as files. */
async function largeFiles(): Promise<string> {
  const folder = temporary();
  for (let i = 0; i < 4; i++) {
    const pixels = Uint8Array.from(
      {length: 60 * 50 * 3},
      (_, at) => 128 + 100 * Math.sin(at / (40 + 10 * i)) * Math.cos(at / 700 + i),
    );
    await sharp(pixels, {raw: {height: 60, width: 50, channels: 3}})
      .png()
      .toFile(path.join(folder, `${i}.png`));
  }
  return folder;
}

/** Four videos of 8 frames, a folder each. */
async function videoFiles(): Promise<string> {
  const folder = temporary();
  for (let video = 0; video < 4; video++) {
    fs.mkdirSync(path.join(folder, String(video)));
    for (let frame = 0; frame < 8; frame++) {
      const pixels = Uint8Array.from(
        {length: 16 * 16 * 3},
        (_, at) => 128 + 100 * Math.sin(at / 9 + video + frame / 4),
      );
      await sharp(pixels, {raw: {height: 16, width: 16, channels: 3}})
        .png()
        .toFile(path.join(folder, String(video), `${frame}.png`));
    }
  }
  return folder;
}

test('patches of large images: as many pairs as images, in two jobs; other files are other images', async () => {
  const folder = await largeFiles();
  const pairs = {loader: 'largeFolder', folder, options: {test: 0.25}} as const;
  const options = {
    dataset: await loadTiny(await tinyFolder()),
    dial: 'patchDistance',
    values: [0, 20],
    pairs,
    candidates: 4,
    jobs: 2,
  } as const;
  const rows = await rowsOf(options);
  assert.deepEqual(
    rows.map(({dial, value}) => [dial, value]),
    [
      ['patchDistance', 0],
      ['patchDistance', 20],
    ],
  );
  assert.ok(
    rows.every(({information, settings}) => Number.isFinite(information) && settings.pairs!.checksum!.length === 64),
  );
  await assert.rejects(
    rowsOf({...options, values: [40]}),
    /^RangeError: patchPairs: expected images of at least 56 × 56 pixels for patches of 16 that lie 40 apart, got 60 × 50/,
  );
  await assert.rejects(
    loadPairs({...pairs, checksum: 'another'}),
    /^RangeError: loadPairs: expected the images of largeFolder as they were when the study began, got others/,
  );
});

test('frames of videos, and drawings by two hands', async () => {
  const [near] = await rowsOf({
    dial: 'frameDistance',
    values: [1],
    pairs: {loader: 'videoFrames', folder: await videoFiles(), options: {size: 16}},
    candidates: 2,
    batch: 8,
  });
  assert.ok(Number.isFinite(near!.information) && near!.dial === 'frameDistance');
  const tiny = tinyDataset();
  const all = Int32Array.from(tiny.labels.keys());
  // two drawings of each of a hundred
  const drawn = {...tiny, emojiOf: all.map(i => i >> 1), drawings: all.map(i => i & 1), hands: all.map(i => i & 1)};
  const rows = await rowsOf({dataset: drawn, dial: 'otherDrawing', values: [0, 1], candidates: 20});
  assert.deepEqual(
    rows.map(({value}) => value),
    [0, 1],
  );
});

test('a dial without its images is refused in one line', async () => {
  await assert.rejects(
    rowsOf({dial: 'patchDistance', values: [4]}),
    /^RangeError: dialedViews: expected large images for the dial 'patchDistance', got none: name a loader of them/,
  );
  await assert.rejects(
    rowsOf({dial: 'frameDistance', values: [4], pairs: {loader: 'largeFolder', folder: await largeFiles()}}),
    /^RangeError: dialedViews: expected videos for the dial 'frameDistance', got none/,
  );
  await assert.rejects(
    rowsOf({dial: 'otherDrawing', values: [1]}),
    /^RangeError: dialedViews: expected drawn emoji for the dial 'otherDrawing', got tiny$/,
  );
  assert.equal(viewDialNames.length, Object.keys(viewDials).length);
});

test('two jobs give the rows of one', async () => {
  const rows = await rowsOf({dataset: await loadTiny(await tinyFolder()), jobs: 2, candidates: 4});
  assert.deepEqual(
    rows.map(({value}) => value),
    [0, 1],
  );
});

test('bad input is refused in one line, before anything is trained', async () => {
  await assert.rejects(
    rowsOf({candidates: 41}),
    /^RangeError: viewInformationStudy: expected candidates from 2 to the 40 held-out pairs, got 41$/,
  );
  await assert.rejects(
    rowsOf({dial: 'area', values: [0.5, 1.5]}),
    /^RangeError: dialedViews: expected the share of the image that each crop shows from 0\.001 to 1, got 1\.5$/,
  );
  await assert.rejects(
    rowsOf({dial: 'hue' as never}),
    /^RangeError: dialedViews: expected a dial of .*strength.*, got 'hue'$/,
  );
  await assert.rejects(
    rowsOf({transfer: ['cifar']}),
    /expected data sets to transfer to of drawn-emoji, earth, photos, letters, got 'cifar'/,
  );
  await assert.rejects(rowsOf({values: []}), /expected at least one value and one seed, got 0 and 1/);
});
