import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import zlib from 'node:zlib';
import sharp from 'sharp';
import {decodeImage, UnreadableImage} from '../../../lib/datasets/files/images';
import type {DecodedImage} from '../../../lib/datasets/files/images';

type Color = [number, number, number];
const [red, green, blue, white]: Color[] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
];

/** Left half of one color, right half of another. */
const halves = (width: number, height: number, left: Color, right: Color) =>
  sharp(Buffer.from(Array.from({length: width * height}, (_, i) => (i % width < width / 2 ? left : right)).flat()), {
    raw: {width, height, channels: 3},
  });
const at = ({pixels, width}: DecodedImage, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];
const near = (actual: number[], expected: readonly number[], tolerance = 6) =>
  assert.ok(
    actual.length === 3 && actual.every((value, c) => Math.abs(value - expected[c]!) <= tolerance),
    `[${actual}] is not [${expected}]`,
  );

test('a file as it is: red green blue, rows from the top', async () => {
  const image = await decodeImage(await halves(8, 2, red!, blue!).png().toBuffer());
  assert.deepEqual([image.height, image.width, image.pixels.length], [2, 8, 48]);
  assert.deepEqual([at(image, 0, 0), at(image, 7, 1)], [red, blue]);
});

test('EXIF orientation is applied before anything is cut', async () => {
  const turned = await halves(32, 16, red!, blue!)
    .withMetadata({orientation: 6})
    .jpeg({quality: 100, chromaSubsampling: '4:4:4'})
    .toBuffer(); // 6: turn right
  const image = await decodeImage(turned);
  assert.deepEqual([image.height, image.width], [32, 16]);
  near(at(image, 8, 2), red!);
  near(at(image, 8, 29), blue!);
});

test('gray, 16 bits, alpha over white, palette and CMYK become red green blue', async () => {
  const gray = await decodeImage(
    await sharp(Buffer.from([100, 200]), {raw: {width: 2, height: 1, channels: 1}})
      .toColorspace('b-w')
      .png()
      .toBuffer(),
  );
  assert.deepEqual([...gray.pixels], [100, 100, 100, 200, 200, 200]);
  const deep = await decodeImage(await halves(4, 4, red!, blue!).toColorspace('rgb16').png().toBuffer());
  assert.deepEqual(at(deep, 0, 0), red);
  const deepGray = await decodeImage(
    await sharp(Buffer.from([100, 200]), {raw: {width: 2, height: 1, channels: 1}})
      .toColorspace('gray16')
      .png()
      .toBuffer(),
  );
  assert.deepEqual([...deepGray.pixels], [100, 100, 100, 200, 200, 200]);
  const clear = await decodeImage(
    await sharp(Buffer.from([255, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 128]), {raw: {width: 3, height: 1, channels: 4}})
      .png()
      .toBuffer(),
  );
  assert.deepEqual([at(clear, 0, 0), at(clear, 1, 0)], [red, white]);
  near(at(clear, 2, 0), [127, 127, 127], 1);
  const palette = await decodeImage(await halves(8, 8, green!, blue!).png({palette: true}).toBuffer());
  assert.deepEqual([at(palette, 0, 0), at(palette, 7, 7)], [green, blue]);
  const cmyk = await halves(16, 16, [200, 40, 40], white!).toColorspace('cmyk').jpeg({quality: 100}).toBuffer();
  assert.equal((await sharp(cmyk).metadata()).space, 'cmyk');
  const print = await decodeImage(cmyk);
  assert.equal(print.pixels.length, 16 * 16 * 3);
  near(at(print, 13, 8), white!, 12);
  near(at(print, 2, 8), [200, 40, 40], 40);
});

test('the shorter side becomes the stored size; fit makes a square', async () => {
  const wide = await halves(80, 40, red!, blue!).png().toBuffer();
  const kept = await decodeImage(wide, {size: 10});
  assert.deepEqual([kept.height, kept.width], [10, 20]);
  const [crop, pad, squash] = await Promise.all(
    (['crop', 'pad', 'squash'] as const).map(fit => decodeImage(wide, {size: 20, fit})),
  );
  for (const {height, width} of [crop!, pad!, squash!]) assert.deepEqual([height, width], [20, 20]);
  near(at(crop!, 1, 10), red!);
  near(at(pad!, 10, 1), white!);
  near(at(pad!, 1, 10), red!);
  near(at(squash!, 1, 1), red!);
  near(at(squash!, 18, 18), blue!);
  const tall = await sharp(wide).rotate(90).png().toBuffer();
  assert.deepEqual(
    [(await decodeImage(tall, {size: 10})).height, (await decodeImage(tall, {size: 10})).width],
    [20, 10],
  );
  const small = await decodeImage(await halves(4, 4, red!, blue!).png().toBuffer(), {size: 16, fit: 'crop'});
  near(at(small, 1, 8), red!, 30);
});

test('scaling down is antialiased: a fine checkerboard becomes its mean', async () => {
  const board = Buffer.from(Array.from({length: 128 * 128}, (_, i) => (((i % 128) + Math.floor(i / 128)) % 2) * 255));
  for (const format of ['png', 'jpeg'] as const) {
    const {pixels} = await decodeImage(
      await sharp(board, {raw: {width: 128, height: 128, channels: 1}})
        .toFormat(format, {quality: 100})
        .toBuffer(),
      {size: 16, fit: 'crop'},
    );
    assert.ok(
      Math.max(...pixels) - Math.min(...pixels) < 16 && Math.abs(pixels[400]! - 127.5) < 8,
      `${format}: ${Math.min(...pixels)} to ${Math.max(...pixels)}`,
    );
  }
});

test('a broken image is named', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'images-'));
  try {
    const whole = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: 'white',
        noise: {type: 'gaussian', mean: 128, sigma: 50},
      },
    })
      .jpeg()
      .toBuffer(); // little of it is head
    const file = path.join(folder, 'cut.jpg');
    fs.writeFileSync(file, whole.subarray(0, whole.length * 0.6));
    await assert.rejects(
      decodeImage(file),
      (error: Error) =>
        error instanceof UnreadableImage &&
        error.message.startsWith(`decodeImage: expected an image, got ${file}, which cannot be read: `) &&
        !error.message.includes('\n'),
    );
    await assert.rejects(
      decodeImage(Buffer.from('no image')),
      /^RangeError: decodeImage: expected an image, got an image of 8 bytes, which cannot be read/,
    );
    await assert.rejects(decodeImage(Buffer.alloc(0)), UnreadableImage);
    await assert.rejects(decodeImage(path.join(folder, 'none.jpg')), /ENOENT.*none\.jpg/);
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
});

test('an image larger than memory is refused with the number before it is decoded', async () => {
  const png = await halves(2, 2, red!, blue!).png().toBuffer();
  png.writeUInt32BE(5_000_000, 16); // width and height in the head
  png.writeUInt32BE(5_000_000, 20);
  png.writeUInt32BE(zlib.crc32(png.subarray(12, 29)), 29);
  await assert.rejects(
    decodeImage(png, {size: 8, name: 'huge.png'}),
    /^RangeError: decodeImage: expected images that fit in memory, got huge\.png of 5000000 × 5000000 pixels: 100,000 GB needed/,
  );
});

test('options out of range', async () => {
  const png = await halves(2, 2, red!, blue!).png().toBuffer();
  await assert.rejects(
    decodeImage(png, {size: 0}),
    /^RangeError: decodeImage: expected size as a whole number of pixels from 1, got 0/,
  );
  await assert.rejects(
    decodeImage(png, {fit: 'crop'}),
    /^RangeError: decodeImage: expected fit .* together with a size/,
  );
  await assert.rejects(decodeImage(png, {size: 8, fit: 'stretch' as 'crop'}), /got fit stretch/);
});
