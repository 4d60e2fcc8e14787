import assert from 'node:assert/strict';
import {test} from 'node:test';
import sharp from 'sharp';
import type {PatchPca} from '../../lib/analysis/patchPca';
import {patchPcaPictures} from '../../lib/figures/patchPcaPictures';
import type {Picture} from '../../lib/figures/pictures';
import {flat} from '../flat';

const pca: PatchPca = {
  shape: [2, 3, 3],
  scores: Float32Array.from([
    1.5,
    -0.5,
    0.5,
    ...new Array<number>(6).fill(0.5),
    /* another image */ ...new Array<number>(8).fill(0.5),
    1,
  ]),
  threshold: 0.5,
  clipped: 0,
  foreground: Uint8Array.from({length: 18}, (_, i) => Number(i === 0 || i === 17)),
  colors: Float32Array.from({length: 54}, (_, i) => (i < 3 ? [1, 0.2, 0][i]! : 0)),
  explained: {first: 0.4, colors: [0.3, 0.2, 0.1]},
};

/** Red, green and blue of the patch in a row and a column. */
async function patch({png}: Picture, row: number, column: number) {
  const {
    data,
    info: {width, channels},
  } = await sharp(Buffer.from(png.split(',')[1]!, 'base64'))
    .raw()
    .toBuffer({resolveWithObject: true});
  const [y, x] = [row, column].map(place => Math.floor(((place + 0.5) * width) / 3)) as [number, number];
  return [...data.subarray((y * width + x) * channels, (y * width + x) * channels + 3)];
}

test('blue above the threshold, vermilion below, white at it, on one scale; foreground colors on black', async () => {
  const {first, foreground} = await flat(() => patchPcaPictures(pca));
  assert.deepEqual([first.length, foreground.length], [2, 2]);
  assert.deepEqual(await patch(first[0]!, 0, 0), [0x00, 0x72, 0xb2]);
  assert.deepEqual(await patch(first[0]!, 0, 1), [0xd5, 0x5e, 0x00]);
  assert.deepEqual(await patch(first[0]!, 1, 1), [255, 255, 255]);
  const half = await patch(first[1]!, 2, 2); // half as far above
  [128, 184.5, 216.5].forEach((value, i) => assert.ok(Math.abs(half[i]! - value) <= 1, `${half}`));
  assert.deepEqual(await patch(foreground[0]!, 0, 0), [255, 51, 0]);
  assert.deepEqual(await patch(foreground[0]!, 0, 1), [0, 0, 0]);
  await assert.rejects(patchPcaPictures(pca, [2]), /^RangeError: patchPcaPictures: expected images from 0 to 1, got 2/);
  const some = await patchPcaPictures(pca, [1]);
  assert.deepEqual([some.first, some.foreground], [[first[1]], [foreground[1]]]);
});
