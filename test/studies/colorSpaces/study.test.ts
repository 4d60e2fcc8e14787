// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {tf} from '../../../lib/engine/tf';
import {
  colorSpaceStudy,
  flowPair,
  learnedSpaces,
  splitSpaces,
  type ColorSpaceRow,
  type ColorSpaceStudyOptions,
  type LearnedSpace,
} from '../../../lib/studies/colorSpaces/study';
import {flat} from '../../flat';
import {loadTiny, tinyFolder} from '../../study/tinyFolder';
import {shareOfHits} from '../../study/shareOfHits';
import {tinyDataset} from '../../study/tinyDataset';

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'colors-'));

async function rowsOf(options: Partial<ColorSpaceStudyOptions>): Promise<ColorSpaceRow[]> {
  const rows: ColorSpaceRow[] = [];
  for await (const row of colorSpaceStudy({
    dataset: tinyDataset(),
    spaces: ['lab', 'hsv'],
    seeds: [0],
    epochs: 2,
    flowEpochs: 2,
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

test('a row for each space and seed with both estimates, and nothing to do the second time', async () => {
  const options = {folder: temporary(), seeds: [0, 1]};
  const rows = await rowsOf(options);
  assert.deepEqual(
    rows.map(({space, seed}) => [space, seed]),
    [
      ['lab', 0],
      ['hsv', 0],
      ['lab', 1],
      ['hsv', 1],
    ],
  );
  for (const row of rows) {
    assert.equal(row.logK, Math.log(20));
    assert.ok(row.information < row.cosineCeiling && Number.isFinite(row.donskerVaradhan) && row.flow === null);
    assert.deepEqual(row.last, {knn: shareOfHits(row.hits.knn), linear: shareOfHits(row.hits.linear)});
    assert.deepEqual([row.hits.knn.length, row.course.length, row.settings.candidates], [40, 2, 20]);
  }
  assert.deepEqual(await rowsOf(options), rows);
});

test('the space decides what the halves share: the colors of these images alone tell which is which', async () => {
  const [lab] = await rowsOf({spaces: ['lab'], epochs: 20, batch: 64});
  assert.ok(
    lab!.information > 0.5,
    `expected the light of an image to tell of its color, got ${lab!.information} nats`,
  );
});

test('each learned space has a flow of its own kind, kept with the run, that makes two views', async () => {
  const spaces = Object.keys(learnedSpaces) as LearnedSpace[];
  const folder = temporary();
  const rows = await rowsOf({spaces, folder});
  for (const {space, flow, run} of rows) {
    const {volumePreserving, labels} = learnedSpaces[space as LearnedSpace];
    assert.deepEqual(
      [
        flow!.volumePreserving,
        flow!.labels,
        flow!.weights['last0.weight']!.shape,
        'classification' in flow!.course[0]!,
      ],
      [volumePreserving, labels, [volumePreserving ? 2 : 4, 16], labels],
    );
    assert.ok(fs.existsSync(path.join(folder, run, 'flow')));
    assert.ok(
      Object.values(flow!.weights).every(({values}) => values.every(Number.isFinite)) &&
        flow!.weights['last0.weight']!.values.some(value => value !== 0),
      'expected weights that have moved',
    );
    await flat(() => {
      const {views, dispose} = flowPair(flow!);
      const {first, second} = tf.tidy(() => views.split(tf.ones([1, 4, 4, 3])));
      assert.deepEqual(
        [first.shape, second.shape],
        [
          [1, 4, 4, 1],
          [1, 4, 4, 2],
        ],
      );
      tf.dispose([first, second]);
      dispose();
    });
  }
});

test('with a memory, and in two jobs', async () => {
  const rows = await rowsOf({
    dataset: await loadTiny(await tinyFolder()),
    spaces: ['rgb', 'flow'],
    jobs: 2,
    candidates: 4,
    negatives: 'memory',
  });
  assert.deepEqual(
    rows.map(({space, settings}) => [space, settings.negatives]),
    [
      ['rgb', 'memory'],
      ['flow', 'memory'],
    ],
  );
});

test('bad input is refused in one line, before anything is trained', async () => {
  assert.equal(splitSpaces.length, 11);
  await assert.rejects(
    rowsOf({candidates: 41}),
    /^RangeError: colorSpaceStudy: expected candidates from 2 to the 40 held-out pairs, got 41$/,
  );
  await assert.rejects(
    rowsOf({spaces: ['cmyk' as 'lab']}),
    /^RangeError: colorSpaceStudy: expected spaces of rgb, .*, got 'cmyk'$/,
  );
  await assert.rejects(rowsOf({spaces: []}), /expected at least one space and one seed, got 0 and 1/);
  await assert.rejects(
    rowsOf({transfer: ['cifar']}),
    /^RangeError: colorSpaceStudy: expected data sets to transfer to of drawn-emoji, earth, photos, letters, got 'cifar'/,
  );
  const dataset = tinyDataset();
  await assert.rejects(
    rowsOf({dataset: {...dataset, shape: [600, 16, 16, 1]}}),
    /^RangeError: colorSpaceStudy: expected images of 3 channels, got \[600,16,16,1\]/,
  );
});
