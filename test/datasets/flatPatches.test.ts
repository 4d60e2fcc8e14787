import assert from 'node:assert/strict';
import {test} from 'node:test';
import {flatShare, meanFlatShare} from '../../lib/datasets/flatPatches';
import {tinyDataset} from '../study/tinyDataset';

const image = (h: number, w: number, c: number, value: (y: number, x: number, channel: number) => number) =>
  Uint8Array.from({length: h * w * c}, (_, i) => value(Math.floor(i / c / w), Math.floor(i / c) % w, i % c));

test('one color is flat, a chequered pattern by the height of its steps', () => {
  assert.equal(
    flatShare(
      image(8, 8, 3, (_y, _x, c) => 50 * c),
      [8, 8, 3],
    ),
    1,
  );
  // deviation: half a step
  const chequered = (step: number) => image(8, 8, 1, (y, x) => 100 + ((x + y) % 2 ? step : 0));
  assert.equal(flatShare(chequered(3), [8, 8, 1]), 1);
  assert.equal(flatShare(chequered(4), [8, 8, 1]), 0);
  assert.equal(flatShare(chequered(4), [8, 8, 1], {below: 2.5}), 1);
});

test('detail in one channel is detail, in one patch only there', () => {
  const pixels = image(8, 8, 3, (y, x, c) => (y < 4 && x >= 4 && c === 2 ? 40 * (x % 2) : 7));
  assert.equal(flatShare(pixels, [8, 8, 3]), 3 / 4);
  assert.equal(flatShare(pixels, [8, 8, 3], {patch: 8}), 0);
  assert.equal(flatShare(pixels, [8, 8, 3], {patch: 2}), 12 / 16);
});

test('pixels beyond the last whole patch are left out', () => {
  assert.equal(
    flatShare(
      image(9, 10, 1, (y, x) => (y === 8 || x >= 8 ? 255 * (x % 2) : 3)),
      [9, 10, 1],
    ),
    1,
  );
  assert.throws(
    () => flatShare(new Uint8Array(9), [3, 3, 1]),
    /^RangeError: flatShare: expected patches of at least 1 pixel that fit into 3 × 3, got 4/,
  );
});

test('the mean over images, those that are asked for', async () => {
  const tiny = tinyDataset();
  const [, h, w, c] = tiny.shape;
  const images = tiny.images.slice();
  images.fill(9, 0, h * w * c); // the first image is flat
  const dataset = {...tiny, images};
  assert.equal(await meanFlatShare(dataset, Int32Array.of(0)), 1);
  const [a, b] = [await meanFlatShare(dataset, Int32Array.of(1)), await meanFlatShare(dataset, Int32Array.of(2))];
  assert.ok(Math.abs((await meanFlatShare(dataset, Int32Array.of(0, 1, 2))) - (1 + a + b) / 3) < 1e-12);
  await assert.rejects(
    meanFlatShare(dataset, new Int32Array()),
    /^RangeError: meanFlatShare: expected at least one image, got none/,
  );
});
