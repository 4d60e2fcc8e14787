import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {videoFrames} from '../../lib/datasets/videoFrames';
import {animation, colorOf, frameFolder} from './videoFiles';

let folder: string;
const counts: Record<string, number> = {'a.gif': 4, 'b.webp': 5, 'c/deeper': 12, d: 3, e: 2};
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'videos-'));
  for (const [video, [name, count]] of Object.entries(counts).entries()) {
    if (name.includes('.')) await animation(path.join(folder, name), video, count);
    else await frameFolder(path.join(folder, name), video, count);
  }
  fs.writeFileSync(path.join(folder, 'notes.txt'), 'no frame');
});
after(() => fs.rmSync(folder, {recursive: true}));

test('folders by number and animations frame by frame, cut to squares; videos are split whole', async () => {
  const {images, shape, videos, families, splits, labels, captions} = await videoFrames(folder, {size: 8});
  const n = Object.values(counts).reduce((a, b) => a + b);
  assert.deepEqual(shape, [n, 8, 8, 3]);
  assert.deepEqual(Object.fromEntries(videos.map(({name, count}) => [name, count])), counts);
  for (const [number, {name, first, count}] of videos.entries())
    for (let frame = 0; frame < count; frame++) {
      const i = first + frame;
      assert.deepEqual([families[i], labels[i], captions![i]], [number, -1, name]);
      const expected = colorOf(Object.keys(counts).indexOf(name), frame);
      for (let at = 0; at < 192; at++)
        assert.ok(
          Math.abs(images[i * 192 + at]! - expected[at % 3]!) <= (name.endsWith('gif') ? 8 : 0),
          `${name}, frame ${frame}: ${images[i * 192 + at]} for ${expected[at % 3]}`,
        );
    }
  const of = (indices: Int32Array) => new Set(Array.from(indices, i => families[i]!));
  assert.equal(splits.pretrain.length + splits.test.length, n);
  assert.ok(splits.test.length > 0 && [...of(splits.test)].every(video => !of(splits.pretrain).has(video)));
});

test('no folder, one video, one frame, and damaged files are refused', async () => {
  await assert.rejects(
    videoFrames(path.join(folder, 'nowhere'), {size: 8}),
    /^RangeError: videoFrames: expected a folder of videos, got .*nowhere, which is not there$/,
  );
  await assert.rejects(
    videoFrames(folder, {size: 0}),
    /^RangeError: videoFrames: expected size as a whole number of pixels from 1, got 0$/,
  );
  await assert.rejects(
    videoFrames(folder, {size: 8, shares: {validation: 0.5, test: 0.5}}),
    /^RangeError: videoFrames: expected a share for the test/,
  );
  await assert.rejects(
    videoFrames(path.join(folder, 'd'), {size: 8}),
    /^RangeError: videoFrames: expected at least 2 videos in .*, one to learn from and one for the test, got 1; put the frames of each in a folder of its own$/,
  );
  const broken = fs.mkdtempSync(path.join(os.tmpdir(), 'broken-'));
  try {
    await frameFolder(path.join(broken, 'a'), 0, 1);
    await frameFolder(path.join(broken, 'b'), 0, 2);
    await assert.rejects(
      videoFrames(broken, {size: 8}),
      /^RangeError: videoFrames: expected at least 2 frames of each video, got 1 of a in/,
    );
    fs.writeFileSync(path.join(broken, 'b', 'x.png'), 'no image');
    await assert.rejects(
      videoFrames(broken, {size: 8}),
      /^RangeError: decodeImage: expected an image, got .*x.png, which cannot be read/,
    );
  } finally {
    fs.rmSync(broken, {recursive: true});
  }
});
