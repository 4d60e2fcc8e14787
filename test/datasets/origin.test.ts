// slow: computes for seconds

import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {digits} from '../../lib/datasets/digits';
import {drawnEmoji} from '../../lib/datasets/emoji/drawnEmoji';
import {earth} from '../../lib/datasets/earth/earth';
import type {Dataset} from '../../lib/datasets/dataset';
import {imageFolder} from '../../lib/datasets/imageFolder';
import {fingerprint, loadOrigin} from '../../lib/datasets/origin';
import {letters} from '../../lib/datasets/letters/letters';
import {ofClasses} from '../../lib/datasets/ofClasses';
import {photos} from '../../lib/datasets/photos/photos';
import {subset} from '../../lib/datasets/subset';
import {tinyFolder} from '../study/tinyFolder';
import {tinyDataset} from '../study/tinyDataset';

/**
 * What another process gets: the origin went there as text, and the working folder may be another.
 */
async function elsewhere({origin}: Dataset): Promise<Dataset> {
  const here = process.cwd();
  process.chdir(os.tmpdir());
  try {
    return await loadOrigin(JSON.parse(JSON.stringify(origin)));
  } finally {
    process.chdir(here);
  }
}

test('each loader says how its data set is loaded again', async t => {
  const folder = path.relative('', await tinyFolder());
  const pictures = await imageFolder(folder, {
    size: 8,
    fit: 'pad',
    seed: 3,
    shares: {validation: 0.2, test: 0.3},
    log() {},
  });
  const inFiles = await imageFolder(folder, {size: 8, stream: true, log() {}});
  const emoji = await drawnEmoji({size: 32});
  const log = t.mock.method(console, 'log');
  for (const dataset of [
    pictures,
    inFiles,
    emoji,
    await earth(),
    await photos({size: 64}),
    await letters({size: 64}),
    await digits(),
    subset(subset(emoji, {train: 100}), {test: 10}),
    ofClasses(emoji, ['heart', 'animal-bird']),
  ]) {
    assert.equal(fingerprint(await elsewhere(dataset)), fingerprint(dataset), dataset.name);
  }
  assert.equal(typeof (await elsewhere(inFiles)).images, 'function');
  assert.equal(log.mock.callCount(), 0);
});

test('a data set made by hand has no origin, nor has a subset of it', () => {
  assert.ok(!('origin' in subset(tinyDataset(), {train: 3})));
});

test('whatever a training sees changes the fingerprint', () => {
  const dataset = tinyDataset();
  const changed: Partial<Dataset>[] = [
    {images: dataset.images.map((value, i) => (i === 777 ? value + 1 : value))},
    {labels: dataset.labels.map(label => 3 - label)},
    {mean: [0.5, 0.5, 0.4]},
    {checksum: 'other'},
    {splits: {...dataset.splits, train: dataset.splits.train.slice().reverse()}},
    {
      splits: {
        ...dataset.splits,
        train: dataset.splits.train.slice(1),
        validation: new Int32Array([...dataset.splits.train.slice(0, 1), ...dataset.splits.validation]),
      },
    },
  ];
  assert.equal(fingerprint({...dataset, captions: ['a']}), fingerprint(dataset));
  assert.equal(
    new Set([dataset, ...changed.map(change => ({...dataset, ...change}))].map(fingerprint)).size,
    changed.length + 1,
  );
});
