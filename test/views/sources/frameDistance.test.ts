import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {videoFrames, type VideoFrames} from '../../../lib/datasets/videoFrames';
import {compile} from '../../../lib/engine/compile';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {compose} from '../../../lib/views/compose';
import {frameDistance} from '../../../lib/views/sources/frameDistance';
import {randomGrayscale} from '../../../lib/views/grayscale';
import {frameFolder} from '../../datasets/videoFiles';
import {close} from '../../close';
import {flat} from '../../flat';

const same = {first: compose({}), second: compose({})};
let folder: string;
let dataset: VideoFrames;
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'videos-'));
  for (let video = 0; video < 5; video++) await frameFolder(path.join(folder, String(video)), video, 7 + (video % 2));
  dataset = await videoFrames(folder, {size: 6});
});
after(() => fs.rmSync(folder, {recursive: true}));

/** Video and frame of both views of all samples. */
function pairs(distance: number, split?: 'test'): {first: [number, number]; second: [number, number]}[] {
  return tf.tidy(() => {
    const source = frameDistance({dataset, split, distance, recipe: same});
    const {first, second} = source.batch(tf.range(0, source.size, 1, 'int32'), key(0), {});
    const of = (views: tf.Tensor4D) =>
      (
        views.slice([0, 2, 2, 0], [-1, 1, 1, -1]).reshape([source.size, 3]).mul(255).round().arraySync() as number[][]
      ).map(([red, green]) => [green! / 40, red! / 20] as [number, number]);
    const [a, b] = [of(first), of(second)];
    return a.map((place, i) => ({first: place, second: b[i]!}));
  });
}

test('every frame with the one that many frames later in its video, and no other pair', () => {
  for (const distance of [0, 1, 3, 6])
    for (const split of [undefined, 'test'] as const) {
      const expected = [...new Set(Array.from(dataset.splits[split ?? 'pretrain'], i => dataset.families[i]!))].flatMap(
        video => {
          const {name, count} = dataset.videos[video]!;
          return Array.from({length: count - distance}, (_, t) => `${name} ${t} ${name} ${t + distance}`);
        },
      );
      assert.deepEqual(
        pairs(distance, split)
          .map(({first, second}) => [...first, ...second].join(' '))
          .sort(),
        expected.sort(),
      );
    }
});

test('each view has a key of its own; compiled it is the same; no tensor is left', async () => {
  await flat(async () => {
    const gray = randomGrayscale(0.5);
    const source = frameDistance({dataset, distance: 0, recipe: {first: gray, second: gray}});
    const indices = tf.range(0, 16, 1, 'int32');
    const k = key(2);
    const [eager, again] = await flat(() => [source.batch(indices, k, {}), source.batch(indices, k, {})], 6);
    assert.deepEqual(eager.first.dataSync(), again.first.dataSync());
    assert.notDeepEqual(eager.first.dataSync(), eager.second.dataSync());
    assert.deepEqual([...eager.index.dataSync()], [...indices.dataSync()]);
    const step = compile(
      (_: {}, given: {indices: tf.Tensor1D; k: tf.Tensor1D}) => ({outputs: source.batch(given.indices, given.k, {})}),
      {},
      {indices: {dtype: 'int32', shape: [16]}, k: {dtype: 'int32', shape: [2]}},
      {holds: source.holds},
    );
    const compiled = step.run({indices, k});
    close(compiled.first.dataSync(), eager.first.dataSync(), 1e-6);
    close(compiled.second.dataSync(), eager.second.dataSync(), 1e-6);
    step.dispose();
    source.dispose();
    tf.dispose([indices, k, eager, again, compiled]);
  });
});

test('videos too short for the distance, half a frame and empty splits are refused', () => {
  assert.throws(
    () => frameDistance({dataset, distance: 7, recipe: same}),
    /^RangeError: frameDistance: expected videos of at least 8 frames for a distance of 7, got 7 of "\d" in videos-.*; choose a smaller distance or leave such videos out$/,
  );
  for (const distance of [-1, 0.5])
    assert.throws(
      () => frameDistance({dataset, distance, recipe: same}),
      /^RangeError: frameDistance: expected a distance in whole frames from 0, got/,
    );
  assert.throws(
    () =>
      frameDistance({
        dataset: {...dataset, splits: {...dataset.splits, pretrain: new Int32Array()}},
        distance: 1,
        recipe: same,
      }),
    /^RangeError: imageSource: expected images in the split 'pretrain'/,
  );
});
