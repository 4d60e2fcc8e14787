import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import sharp from 'sharp';
import {div2k} from '../../lib/datasets/div2k';
import {hashed} from '../reference/hashed';
import {serving} from './cifar';
import {zip} from './zipFile';

const log = () => {};
const pixelsOf = (i: number) => Uint8Array.from(hashed(`photo ${i}`, [20 + i, 30, 3], 120), value => 128 + value);

/** Archives as DIV2K's are laid out, of ten small images and of five. */
async function offer(files: string): Promise<{sha256: {train: string; test: string}}> {
  const part = async (name: string, from: number, to: number) => {
    const images: Record<string, Buffer> = {[`${name}/`]: Buffer.alloc(0)};
    for (let i = from; i < to; i++)
      images[`${name}/${String(i + 1).padStart(4, '0')}.png`] = await sharp(pixelsOf(i), {
        raw: {height: 20 + i, width: 30, channels: 3},
      })
        .png()
        .toBuffer();
    const bytes = zip(images);
    fs.writeFileSync(path.join(files, `${name}.zip`), bytes);
    return createHash('sha256').update(bytes).digest('hex');
  };
  return {sha256: {train: await part('DIV2K_train_HR', 0, 10), test: await part('DIV2K_valid_HR', 10, 15)}};
}

test("images are read out of the archives, the validation's are held out; a second time nothing is downloaded", () =>
  serving(async ({files, base, folder, requests}) => {
    const options = {base, folder, log, ...(await offer(files))};
    const {images, areas, name} = await div2k(options);
    assert.deepEqual([name, images.length], ['div2k', 15]);
    images.forEach(({pixels, height, width}, i) => {
      assert.deepEqual([height, width], [20 + i, 30]);
      assert.deepEqual(Buffer.from(pixels), Buffer.from(pixelsOf(i)));
    });
    assert.deepEqual(
      [areas.pretrain.map(({image}) => image), areas.test.map(({image}) => image)],
      [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [10, 11, 12, 13, 14],
      ],
    );
    const fewer = await div2k({...options, count: 4, size: 21});
    assert.deepEqual(
      [fewer.name, fewer.images.map(({name: file}) => path.basename(file)), fewer.areas.test.length],
      ['div2k-21', ['0001.png', '0002.png', '0003.png', '0004.png', '0011.png', '0012.png'], 2],
    );
    assert.deepEqual(
      fewer.images.map(({height}) => height),
      [20, 21, 21, 21, 21, 22],
    );
    assert.equal(requests.length, 2);
  }));

test('another file, one cut off, and no images at all are refused', () =>
  serving(async ({files, base, folder}) => {
    const {sha256} = await offer(files);
    await assert.rejects(
      div2k({base, folder, log}),
      /^Error: download: expected .*DIV2K_train_HR.zip with SHA-256 9d0b9c463f6e/,
    );
    await assert.rejects(
      div2k({base, folder, log, sha256, count: 0}),
      /^RangeError: div2k: expected a whole number of images from 1, got 0$/,
    );
    await assert.rejects(
      div2k({base, folder, log, sha256, size: 1.5}),
      /^RangeError: div2k: expected size as a whole number of pixels from 1, got 1.5$/,
    );
  }));
