import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, test} from 'node:test';
import sharp from 'sharp';
import {imagesAt} from '../../lib/datasets/dataset';
import {imageFolder} from '../../lib/datasets/imageFolder';
import type {ImageFolderOptions} from '../../lib/datasets/imageFolder';

let folder: string;
const lines: string[] = [];
const load = (options: Partial<ImageFolderOptions> = {}) =>
  imageFolder(folder, {size: 8, log: line => lines.push(line), ...options});

/** An image of one color; other colors and sizes make other files. */
async function write(
  file: string,
  [r, g, b]: number[] = [1, 2, 3],
  [width, height]: number[] = [20, 10],
): Promise<void> {
  const to = path.join(folder, file);
  fs.mkdirSync(path.dirname(to), {recursive: true});
  fs.writeFileSync(
    to,
    await sharp({create: {width: width!, height: height!, channels: 3, background: {r: r!, g: g!, b: b!}}})
      .toFormat(path.extname(file).slice(1) as 'png', {quality: 100})
      .toBuffer(),
  );
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'images-'));
  lines.length = 0;
});
afterEach(() => fs.rmSync(folder, {recursive: true}));

test('one sub-folder a class, images of any size and format, deeper folders too', async () => {
  for (let i = 0; i < 10; i++) {
    await write(`red/${i}.png`, [250, i, 0], [9 + i, 30 - i]);
    await write(`blue/deep/${i}.jpeg`, [0, i * 20, 250], [30 + i, 9]);
  }
  fs.writeFileSync(path.join(folder, 'red', 'notes.txt'), 'no image');
  await write('.hidden/a.png');
  const set = await load();
  assert.deepEqual(set.shape, [20, 8, 8, 3]);
  assert.deepEqual(set.classes, ['blue', 'red']);
  assert.deepEqual([...set.labels], [...Array(10).fill(0), ...Array(10).fill(1)]);
  assert.deepEqual([set.files[0], set.files[19]], ['blue/deep/0.jpeg', 'red/9.png']);
  assert.deepEqual([...(await imagesAt(set, Int32Array.of(19))).subarray(0, 6)], [250, 9, 0, 250, 9, 0]);
  assert.deepEqual(
    [set.splits.train.length, set.splits.validation.length, set.splits.test.length, set.splits.pretrain.length],
    [14, 2, 4, 16],
  );
  for (const label of [0, 1]) assert.equal(set.splits.test.filter(i => set.labels[i] === label).length, 2);
  assert.equal(set.name, path.basename(folder));
  assert.match(lines.join(), /left alone files that are no images: \.txt/);
});

test('same bytes and seed: same split and checksum; other seed: other split; other bytes: other checksum', async () => {
  for (let i = 0; i < 30; i++) await write(`${i % 2 ? 'odd' : 'even'}/${i}.png`, [i, i, i]);
  const [first, again, other] = [await load(), await load(), await load({seed: 1})];
  assert.deepEqual(again, first);
  assert.notDeepEqual(other.splits, first.splits);
  assert.equal(other.checksum, first.checksum);
  await write('odd/1.png', [9, 9, 8]);
  assert.notEqual((await load()).checksum, first.checksum);
});

test('copies of one image stand on one side', async () => {
  for (let i = 0; i < 12; i++) for (const copy of ['a', 'b', 'c']) await write(`all/${copy}${i}.png`, [i, 0, 0]);
  const {families, splits} = await load();
  assert.equal(new Set(families).size, 12);
  for (const side of [splits.train, splits.validation, splits.test]) {
    const here = new Set(Array.from(side, i => families[i]!));
    assert.equal(side.length, here.size * 3);
  }
});

test('without sub-folders there are no labels, the splits are there all the same', async () => {
  for (let i = 0; i < 10; i++) await write(`${i}.webp`, [i * 20, 0, 0]);
  const {labels, classes, splits} = await load();
  assert.deepEqual(classes, []);
  assert.ok(labels.every(label => label === -1));
  assert.deepEqual(
    [splits.pretrain.length, splits.train.length, splits.validation.length, splits.test.length],
    [8, 7, 1, 2],
  );
});

test('a broken image is named; asked to, it is left out and listed', async () => {
  for (let i = 0; i < 6; i++) await write(`all/${i}.jpg`, [i * 40, 0, 0], [40, 40]);
  const broken = path.join(folder, 'all', '2.jpg');
  fs.truncateSync(broken, fs.statSync(broken).size - 60);
  await assert.rejects(
    load(),
    (error: Error) =>
      error instanceof RangeError &&
      error.message.startsWith(`decodeImage: expected an image, got ${broken}, which cannot be read: `) &&
      error.message.endsWith('skipBroken: true'),
  );
  const set = await load({skipBroken: true});
  assert.deepEqual(
    set.files,
    [0, 1, 3, 4, 5].map(i => `all/${i}.jpg`),
  );
  assert.deepEqual(
    set.skipped.map(({file}) => file),
    ['all/2.jpg'],
  );
  assert.deepEqual(set.shape, [5, 8, 8, 3]);
  assert.equal(set.images.length, 5 * 192);
  assert.ok(Math.abs((await imagesAt(set, Int32Array.of(2)))[0]! - 120) < 3, 'the third image is all/3.jpg');
  assert.ok(
    lines.some(line => /left out 1 of 6 images that cannot be read: all\/2\.jpg/.test(line)),
    lines.join(),
  );
});

/** As on a machine with so much free memory. */
async function withMemory<T>(bytes: number, f: () => Promise<T>): Promise<T> {
  const real = process.availableMemory;
  process.availableMemory = () => bytes;
  try {
    return await f();
  } finally {
    process.availableMemory = real;
  }
}

test('images may stay in their files: everything else is the same, broken ones are found and left out', async () => {
  for (let i = 0; i < 12; i++) await write(`${i % 2 ? 'odd' : 'even'}/${i}.jpg`, [i * 20, 99, 0], [40, 30]);
  const broken = path.join(folder, 'even', '10.jpg');
  fs.truncateSync(broken, fs.statSync(broken).size - 60);
  await assert.rejects(load({stream: true}), /even\/10\.jpg, which cannot be read: .*skipBroken: true$/);
  const {images: loaded, origin: _, ...inMemory} = await load({skipBroken: true});
  const {images: read, origin, ...stored} = await load({skipBroken: true, stream: true});
  assert.deepEqual(stored, inMemory);
  assert.ok(origin?.loader === 'imageFolder' && origin.options.stream);
  assert.ok(typeof read === 'function' && typeof loaded !== 'function');
  const chosen = Int32Array.of(9, 0, 9);
  assert.deepEqual(
    await imagesAt({...stored, images: read}, chosen),
    await imagesAt({...inMemory, images: loaded}, chosen),
  );
  await assert.rejects(
    imagesAt({...stored, images: read}, Int32Array.of(11)),
    /^RangeError: imagesAt: expected indices from 0 to 10 into \S+, got 11/,
  );
  await assert.rejects(
    imagesAt({...stored, images: read}, chosen, {signal: AbortSignal.abort(new Error('stop here'))}),
    /stop here/,
  );
});

test('above half of the free memory images stay in files, unless told otherwise; above all: refused', async () => {
  for (let i = 0; i < 4; i++) await write(`all/${i}.png`, [i, i, i], [8, 8]);
  const bytes = 4 * 8 * 8 * 3;
  const kind = (free: number, options: Partial<ImageFolderOptions> = {}) =>
    withMemory(free, async () => typeof (await load(options)).images);
  assert.deepEqual([await kind(2 * bytes), lines.length], ['object', 0]);
  assert.equal(await kind(2 * bytes - 1), 'function');
  assert.match(
    lines.join(),
    /4 of 8 × 8 pixels in \S+ need 0\.768 kB of 1\.54 kB free memory: they stay in their files and are decoded while training, which is slower/,
  );
  assert.equal(await kind(bytes, {stream: false}), 'object');
  await assert.rejects(
    kind(bytes - 1, {stream: false}),
    /^RangeError: imageFolder: expected images that fit in memory, got 4 of 8 × 8 pixels in \S+: 0\.768 kB needed, 0\.767 kB available; leave them in their files with stream: true, or choose a smaller size/,
  );
});

test('an interrupt ends the loading', async () => {
  for (let i = 0; i < 3; i++) await write(`all/${i}.png`, [i, i, i]);
  await assert.rejects(load({signal: AbortSignal.abort(new Error('stop here'))}), /stop here/);
});

test('a folder that is no data set: each case has its line', async () => {
  await assert.rejects(load(), /^RangeError: imageFolder: expected images \(\.jpg .*\), got none in /);
  await assert.rejects(
    imageFolder(path.join(folder, 'none'), {size: 8}),
    /^RangeError: imageFolder: expected a folder of images, got \S+none, which is not there/,
  );
  await write('a.png');
  await assert.rejects(
    load(),
    /^RangeError: imageFolder: expected at least 2 different images in \S+, got 1; add some$/,
  );
  await assert.rejects(imageFolder(path.join(folder, 'a.png'), {size: 8}), /which is a file/);
  await write('cats/a.png');
  await assert.rejects(
    load(),
    /^RangeError: imageFolder: expected images either in sub-folders, one a class, or in the folder itself, got both in \S+: cats\/ and a\.png/,
  );
  fs.rmSync(path.join(folder, 'a.png'));
  await write('cats/b.png'); // the same bytes
  await write('dogs/a.png', [1, 1, 1]);
  await write('dogs/b.png', [2, 2, 2]);
  await assert.rejects(
    load(),
    /^RangeError: imageFolder: expected at least 2 different images of each class, one to learn from and one for the test, got 1 of "cats" in \S+; add some or take the sub-folder away$/,
  );
  fs.renameSync(path.join(folder, 'cats'), path.join(folder, 'train'));
  fs.renameSync(path.join(folder, 'dogs'), path.join(folder, 'val'));
  await assert.rejects(
    load(),
    /^RangeError: imageFolder: expected one sub-folder a class, got train and val in \S+, which are splits; give one of them/,
  );
});

test('an empty class, sizes and shares out of range, more than memory allows', async () => {
  for (let i = 0; i < 3; i++) await write(`cats/${i}.png`, [i, i, i]);
  await assert.rejects(
    load({size: 1_000_000}),
    /^RangeError: imageFolder: expected images that fit in memory, got one of 1000000 × 1000000 pixels: 3,000 GB needed, [\d.,]+ GB available; choose a smaller size/,
  );
  await assert.rejects(
    load({size: 0}),
    /^RangeError: imageFolder: expected size as a whole number of pixels from 1, got 0/,
  );
  await assert.rejects(
    load({shares: {validation: 0.5, test: 0.5}}),
    /^RangeError: imageFolder: expected shares from 0 that leave some for training, got 0\.5 for validation and 0\.5 for the test/,
  );
  await assert.rejects(load({fit: 'stretch' as 'crop'}), /expected fit 'crop', 'pad' or 'squash'/);
  fs.mkdirSync(path.join(folder, 'dogs'));
  await assert.rejects(load(), /got 0 of "dogs"/);
});
