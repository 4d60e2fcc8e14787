import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {largeImages, type LargeArea} from '../../../lib/datasets/largeImages';
import {compile} from '../../../lib/engine/compile';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {compose} from '../../../lib/views/compose';
import {patchPairs} from '../../../lib/views/sources/patchPairs';
import {close} from '../../close';
import {flat} from '../../flat';

/** Red is the row, green the column, blue the image's number. */
const image = (number: number, height: number, width: number) => ({
  name: `image ${number}`,
  height,
  width,
  pixels: Uint8Array.from(
    {length: height * width * 3},
    (_, at) => [Math.floor(at / 3 / width), Math.floor(at / 3) % width, number][at % 3]!,
  ),
});
const area = (number: number, top: number, left: number, height: number, width: number): LargeArea => ({
  image: number,
  top,
  left,
  height,
  width,
});
const images = largeImages({
  name: 'places',
  images: [image(0, 40, 60), image(1, 100, 30)],
  license: 'CC0-1.0',
  credit: '',
  checksum: '',
  areas: {pretrain: [area(0, 0, 0, 40, 40), area(1, 10, 0, 90, 30)], test: [area(0, 0, 40, 40, 20)]},
});
const same = {first: compose({}), second: compose({})};

/** Where each patch of a batch lies, by its upper left pixel. */
async function places(
  source: ReturnType<typeof patchPairs>,
  n: number,
  seed: number,
): Promise<{first: number[]; second: number[]; whole: [tf.Tensor4D, tf.Tensor4D]}[]> {
  const inputs = await source.host!.draw(new Int32Array(n), seed);
  const {first, second} = tf.tidy(() => source.batch(tf.range(0, n, 1, 'int32'), key(0), inputs));
  const corner = (views: tf.Tensor4D) =>
    tf.tidy(() => views.slice([0, 0, 0, 0], [-1, 1, 1, -1]).reshape([n, 3]).mul(255).round().arraySync() as number[][]);
  const [a, b] = [corner(first), corner(second)];
  tf.dispose([inputs, first, second]);
  return a.map((place, i) => ({first: place, second: b[i]!, whole: [first, second]}));
}

test('the second patch lies d to the right and d down of the first, both within one area of the split', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({min: 1, max: 12}),
      fc.integer({min: 0, max: 8}),
      fc.constantFrom('pretrain' as const, 'test' as const),
      async (seed, size, distance, split) => {
        const source = patchPairs({images, split, size, distance, recipe: same});
        for (const {
          first: [y, x, number],
          second,
        } of await places(source, 20, seed)) {
          assert.deepEqual(second, [y! + distance, x! + distance, number]);
          assert.ok(
            images.areas[split].some(
              ({image: own, top, left, height, width}) =>
                own === number &&
                y! >= top &&
                x! >= left &&
                y! + distance + size <= top + height &&
                x! + distance + size <= left + width,
            ),
            `${number}: ${y}, ${x}`,
          );
        }
      },
    ),
    {numRuns: 30},
  );
});

test('a patch is the pixels of its place', async () => {
  const source = patchPairs({images, size: 5, distance: 3, recipe: same});
  const inputs = await source.host!.draw(new Int32Array(4), 1);
  const {first} = source.batch(tf.range(0, 4, 1, 'int32'), key(0), inputs);
  const values = first.mul(255).arraySync() as number[][][][];
  for (const patch of values)
    for (let y = 0; y < 5; y++)
      for (let x = 0; x < 5; x++)
        close(patch[y]![x]!, [patch[0]![0]![0]! + y, patch[0]![0]![1]! + x, patch[0]![0]![2]!], 1e-4);
});

test('every place of every area is as likely', async () => {
  const drawn = await places(patchPairs({images, size: 10, distance: 10, recipe: same}), 20_000, 3);
  const inFirst = drawn.filter(({first}) => first[2] === 0);
  const expected = (21 * 21) / (21 * 21 + 71 * 11);
  assert.ok(
    Math.abs(inFirst.length / drawn.length - expected) < 0.015,
    `${inFirst.length / drawn.length}, expected ${expected}`,
  );
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  assert.ok(Math.abs(mean(inFirst.map(({first}) => first[0]!)) - 10) < 0.4);
  assert.equal(new Set(inFirst.map(({first}) => `${first}`)).size, 21 * 21);
});

test('distance 0 gives one patch twice; a seed gives its pairs; normalized unless told otherwise', async () => {
  const source = patchPairs({images, size: 8, distance: 0});
  assert.equal(source.size, 5 * 5 + 11 * 3);
  assert.equal(patchPairs({images, size: 8, distance: 0, pairs: 1000}).size, 1000);
  const pair = async (seed: number) =>
    source.batch(tf.range(0, 6, 1, 'int32'), key(0), await source.host!.draw(new Int32Array(6), seed));
  const [a, b, other] = [await pair(1), await pair(1), await pair(2)];
  assert.deepEqual(a.first.dataSync(), a.second.dataSync());
  assert.deepEqual(a.first.dataSync(), b.first.dataSync());
  assert.notDeepEqual(a.first.dataSync(), other.first.dataSync());
  assert.deepEqual([...a.index.dataSync()], [0, 1, 2, 3, 4, 5]);
  const raw = patchPairs({images, size: 8, distance: 0, recipe: same});
  const plain = raw.batch(tf.range(0, 6, 1, 'int32'), key(0), await raw.host!.draw(new Int32Array(6), 1));
  close(a.first.mul(images.standardDeviation).add(images.mean).dataSync(), plain.first.dataSync(), 1e-5);
});

test('compiled it is the same; a batch owns its tensors and no other is left', async () => {
  const source = patchPairs({images, size: 8, distance: 4});
  const indices = tf.range(0, 3, 1, 'int32');
  const k = key(1);
  const inputs = await flat(() => source.host!.draw(new Int32Array(3), 5), 2);
  const eager = await flat(() => source.batch(indices, k, inputs), 3);
  const step = compile(
    (_: {}, given: {indices: tf.Tensor1D; first: tf.Tensor4D; second: tf.Tensor4D}) => ({
      outputs: source.batch(given.indices, k, given),
    }),
    {},
    {indices: {dtype: 'int32', shape: [3]}, ...source.host!.inputs},
  );
  const compiled = step.run({indices, ...inputs});
  close(compiled.first.dataSync(), eager.first.dataSync(), 1e-6);
  close(compiled.second.dataSync(), eager.second.dataSync(), 1e-6);
  step.dispose();
});

test('images smaller than size and distance together, and what is no whole pixel, are refused in a line', () => {
  assert.throws(
    () => patchPairs({images, size: 20, distance: 11}),
    /^RangeError: patchPairs: expected images of at least 31 × 31 pixels for patches of 20 that lie 11 apart, got 90 × 30 of "image 1"; choose a smaller distance or leave such images out$/,
  );
  patchPairs({images, size: 20, distance: 10});
  for (const distance of [-1, 0.5, NaN])
    assert.throws(
      () => patchPairs({images, distance}),
      /^RangeError: patchPairs: expected a distance in whole pixels from 0, got/,
    );
  assert.throws(
    () => patchPairs({images, size: 0, distance: 1}),
    /^RangeError: patchPairs: expected a size in whole pixels from 1, got 0$/,
  );
  assert.throws(
    () => patchPairs({images, size: 8, distance: 1, pairs: 0}),
    /^RangeError: patchPairs: expected pairs a whole number from 1, got 0$/,
  );
  assert.throws(
    () => patchPairs({images: {...images, areas: {...images.areas, test: []}}, split: 'test', distance: 1}),
    /^RangeError: patchPairs: expected images in the split 'test' of places, got none$/,
  );
});
