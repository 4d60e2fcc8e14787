import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {tf} from '../../lib/engine/tf';
import {embed} from '../../lib/embedding/embed';
import {rawPixels} from '../../lib/evaluation/rawPixels';
import {close} from '../close';
import {flat} from '../flat';
import {squares} from '../evaluation/squares';

const data = squares();
const [h, w, c] = data.shape.slice(1);
const bytes = (index: number) => data.images.subarray(index * h! * w! * c!, (index + 1) * h! * w! * c!);
const pixels = (index: number) =>
  Array.from(bytes(index), (byte, i) => (byte / 255 - data.mean[i % c!]!) / data.standardDeviation[i % c!]!);
const indices = Int32Array.of(59, 3, 3, 0, 17, 44, 2);

test('images arrive normalized, in the order asked for, whatever the batch', async () => {
  const expected = Array.from(indices, pixels).flat();
  for (const batch of [1, 3, 256]) {
    const features = await flat(() => rawPixels(data, indices, {batch}), 1);
    assert.deepEqual(features.shape, [7, h! * w! * c!]);
    close(features.dataSync(), expected, 1e-5);
  }
});

test('embedding and projection are joined each; batches have one shape; what fills the last is dropped', async () => {
  const sizes: number[] = [];
  const {embedding, projection} = await flat(
    () =>
      embed(
        images => {
          sizes.push(images.shape[0]);
          const means = images.mean([1, 2]) as tf.Tensor2D; // [n, c]
          return {embedding: means, projection: means.mul(2).concat(means, 1)};
        },
        data,
        indices,
        {batch: 3},
      ),
    2,
  );
  assert.deepEqual(
    [sizes, embedding.shape, projection!.shape],
    [
      [3, 3, 3],
      [7, 2],
      [7, 4],
    ],
  );
  close(projection!.slice([0, 2]).dataSync(), embedding.dataSync(), 1e-6);
});

test('an encoder without a projector gives no projection', async () => {
  assert.equal((await embed(images => ({embedding: images.mean([1, 2])}), data, indices)).projection, undefined);
});

test('other work gets its turn between batches, and an abort ends it with its reason and leaves nothing', async () => {
  const controller = new AbortController();
  let calls = 0;
  setImmediate(() => setImmediate(() => controller.abort(new Error('stop'))));
  await flat(() =>
    assert.rejects(
      embed(
        images => {
          calls++;
          return {embedding: images.mean([1, 2])};
        },
        data,
        indices,
        {batch: 1, signal: controller.signal},
      ),
      /^Error: stop/,
    ),
  );
  assert.ok(calls < indices.length, `${calls} batches`);
});

test('an encoder that fails leaves nothing', async () => {
  let calls = 0;
  await flat(() =>
    assert.rejects(
      embed(
        images => {
          if (calls++) throw new Error('broken');
          return {embedding: images.mean([1, 2])};
        },
        data,
        indices,
        {batch: 2},
      ),
      /^Error: broken/,
    ),
  );
});

test('no images, images that are not there and lost rows are refused', async () => {
  await assert.rejects(
    rawPixels(data, new Int32Array()),
    /^RangeError: batches: expected at least one image of squares, got none/,
  );
  await assert.rejects(
    rawPixels(data, Int32Array.of(0, 60)),
    /^RangeError: batches: expected indices from 0 to 59 into squares, got 60/,
  );
  await assert.rejects(
    rawPixels(data, indices, {batch: 0}),
    /^RangeError: batches: expected batch a whole number from 1, got 0/,
  );
  await flat(() =>
    assert.rejects(
      embed(images => ({embedding: images.mean([0, 1])}), data, indices),
      /^RangeError: batches: expected 7 rows of embedding, got \[6,2\]/,
    ),
  );
});
