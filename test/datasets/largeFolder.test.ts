import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import sharp from 'sharp';
import {largeFolder} from '../../lib/datasets/largeFolder';
import {hashed} from '../reference/hashed';

let folder: string;
const quiet = {log() {}};
const pixelsOf = (i: number) => Uint8Array.from(hashed(`large ${i}`, [30 + i, 40 - i, 3], 120), value => 128 + value);
const png = (i: number) =>
  sharp(pixelsOf(i), {raw: {height: 30 + i, width: 40 - i, channels: 3}})
    .png()
    .toBuffer();

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'large-'));
  fs.mkdirSync(path.join(folder, 'deeper'));
  for (let i = 0; i < 8; i++) fs.writeFileSync(path.join(folder, i % 2 ? 'deeper' : '', `${i}.png`), await png(i));
  fs.writeFileSync(path.join(folder, 'deeper', '8.png'), await png(0)); // a copy
  fs.writeFileSync(path.join(folder, 'notes.txt'), 'no image');
});
after(() => fs.rmSync(folder, {recursive: true}));

test('every image at its own size, byte for byte; a fifth held out by seed, copies on one side', async () => {
  const {images, areas, name} = await largeFolder(folder, quiet);
  assert.equal(name, path.basename(folder));
  assert.deepEqual(
    images.map(({name: file}) => file),
    [
      '0.png',
      '2.png',
      '4.png',
      '6.png',
      'deeper/1.png',
      'deeper/3.png',
      'deeper/5.png',
      'deeper/7.png',
      'deeper/8.png',
    ],
  );
  for (const {name: file, pixels, height, width} of images) {
    const i = Number(/(\d)\.png/.exec(file)![1]) % 8;
    assert.deepEqual([height, width], [30 + i, 40 - i]);
    assert.deepEqual(Buffer.from(pixels), Buffer.from(pixelsOf(i)));
  }
  const numbers = (side: typeof areas.test) => side.map(({image}) => image);
  assert.deepEqual([...numbers(areas.pretrain), ...numbers(areas.test)].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(areas.test.length, 2);
  assert.equal(numbers(areas.test).includes(0), numbers(areas.test).includes(8));
  assert.deepEqual((await largeFolder(folder, quiet)).areas, areas);
  assert.ok(
    (await Promise.all([1, 2, 3].map(seed => largeFolder(folder, {seed, ...quiet})))).some(
      set => `${numbers(set.areas.test)}` !== `${numbers(areas.test)}`,
    ),
  );
});

test('larger images are scaled down to a shorter side, smaller ones stay', async () => {
  const {images} = await largeFolder(folder, {size: 32, ...quiet});
  const sides = images.map(({height, width}) => Math.min(height, width));
  assert.equal(Math.max(...sides), 32);
  assert.ok(sides.includes(30));
});

test('no folder, one image, a damaged image and wrong options are refused', async () => {
  await assert.rejects(
    largeFolder(path.join(folder, 'nowhere'), quiet),
    /^RangeError: largeFolder: expected a folder of images, got .*nowhere, which is not there$/,
  );
  const lonely = fs.mkdtempSync(path.join(os.tmpdir(), 'lonely-'));
  try {
    for (const name of ['a.png', 'b.png']) fs.writeFileSync(path.join(lonely, name), await png(3));
    await assert.rejects(
      largeFolder(lonely, quiet),
      /^RangeError: largeFolder: expected at least 2 different images in .*, one to learn from and one to measure on, got 1; add some$/,
    );
    fs.writeFileSync(path.join(lonely, 'c.png'), (await png(4)).subarray(0, 900));
    await assert.rejects(
      largeFolder(lonely, quiet),
      /^RangeError: decodeImage: expected an image, got c.png, which cannot be read/,
    );
  } finally {
    fs.rmSync(lonely, {recursive: true});
  }
  await assert.rejects(
    largeFolder(folder, {test: 1, ...quiet}),
    /^RangeError: largeFolder: expected a share for the test above 0 and below 1, got 1$/,
  );
  await assert.rejects(
    largeFolder(folder, {size: 0, ...quiet}),
    /^RangeError: largeFolder: expected size as a whole number of pixels from 1, got 0$/,
  );
  await assert.rejects(
    largeFolder(folder, {signal: AbortSignal.abort(new Error('stopped')), ...quiet}),
    /^Error: stopped$/,
  );
});
