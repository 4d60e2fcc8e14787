import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {cropResize, randomBoxes, randomResizedCrop, resize} from '../../lib/views/crop';
import {close} from '../close';
import {flat} from '../flat';
import {imagesOf, reference} from './reference';

test("crops equal torchvision's, growing and shrinking, bilinear and bicubic", () => {
  const images = imagesOf(reference.crop);
  const boxes = tf.tensor2d(reference.crop.boxes);
  for (const {size, interpolation, values} of reference.crop.results)
    close(cropResize(images, boxes, size, interpolation).dataSync(), values, 1e-5);
});

test("a box of the result's size is copied", () => {
  const images = uniform(key(1), [2, 9, 7, 2]);
  close(
    cropResize(
      images,
      tf.tensor2d([
        [1, 2, 4, 5],
        [5, 0, 4, 5],
      ]),
      [4, 5],
    ).dataSync(),
    tf
      .stack([
        images.slice([0, 1, 2, 0], [1, 4, 5, 2]).squeeze([0]),
        images.slice([1, 5, 0, 0], [1, 4, 5, 2]).squeeze([0]),
      ])
      .dataSync(),
    1e-6,
  );
});

test('resize is a crop of the whole, of values of any range; nothing else is left', async () => {
  const images = uniform(key(1), [2, 9, 7, 2], {minimum: 0.4, maximum: 0.6});
  const whole = tf.tensor2d([
    [0, 0, 9, 7],
    [0, 0, 9, 7],
  ]);
  for (const [size, interpolation] of [
    [[4, 11], 'bicubic'],
    [[13, 3], 'bilinear'],
  ] as const) {
    const crops = cropResize(images, whole, size, interpolation);
    close((await flat(() => resize(images, size, interpolation), 1)).dataSync(), crops.dataSync(), 1e-6);
    close(resize(images.mul<tf.Tensor4D>(-100), size, interpolation).dataSync(), crops.mul(-100).dataSync(), 1e-5);
  }
});

test('nothing outside the box is seen', () => {
  const inside = tf.pad(tf.ones([1, 4, 5, 1]), [
    [0, 0],
    [3, 4],
    [2, 6],
    [0, 0],
  ]) as tf.Tensor4D;
  for (const interpolation of ['bilinear', 'bicubic'] as const) {
    close(cropResize(inside, tf.tensor2d([[3, 2, 4, 5]]), [9, 3], interpolation).dataSync(), Array(27).fill(1), 1e-6);
  }
});

test("boxes are distributed as torchvision's get_params draws them", () => {
  for (const {image, area, aspect, draws, meanArea, meanLogAspect, ...frequencies} of reference.boxes) {
    const drawn = randomBoxes(key(5), draws, image, {area, aspect}).arraySync();
    (['top', 'left', 'height', 'width'] as const).forEach((side, column) => {
      let [ours, theirs, distance] = [0, 0, 0];
      frequencies[side].forEach((share, value) => {
        ours += drawn.filter(box => box[column] === value).length / draws;
        theirs += share;
        distance = Math.max(distance, Math.abs(ours - theirs));
      });
      assert.ok(Math.abs(ours - 1) < 1e-9, `${side}: a value outside the image or between pixels`);
      // two samples of 50,000 differ by more once in 600 tests (Kolmogorov-Smirnov)
      assert.ok(distance < 0.012, `${side} of [${image}]: cumulated shares differ by ${distance}`);
    });
    const mean = (f: (box: number[]) => number) => drawn.reduce((sum, box) => sum + f(box), 0) / draws;
    assert.ok(Math.abs(mean(([, , h, w]) => h! * w!) / meanArea - 1) < 0.01);
    assert.ok(Math.abs(mean(([, , h, w]) => Math.log(w! / h!)) - meanLogAspect) < 0.005);
  }
});

test('height and width of a box are paired, and it lies in the image', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({min: 4, max: 70}),
      fc.integer({min: 4, max: 70}),
      fc.double({min: 0.05, max: 1, noNaN: true}),
      (seed, height, width, smallest) => {
        for (const [top, left, h, w] of randomBoxes(key(seed), 50, [height, width], {
          area: [smallest, 1],
        }).arraySync() as [number, number, number, number][]) {
          assert.ok(
            top >= 0 && left >= 0 && h >= 1 && w >= 1 && top + h <= height && left + w <= width,
            `[${[top, left, h, w]}] in [${[height, width]}]`,
          );
          assert.ok((w + 0.5) / (h - 0.5) > 3 / 4 && (w - 0.5) / (h + 0.5) < 4 / 3, `aspect of [${[top, left, h, w]}]`);
        }
      },
    ),
    {numRuns: 40},
  );
});

test('an image too wide for any draw gives the largest centered box', () => {
  assert.deepEqual(randomBoxes(key(0), 1, [10, 100], {area: [0.9, 1]}).arraySync(), [[0, 43, 10, 13]]);
  assert.deepEqual(randomBoxes(key(0), 1, [100, 10], {area: [0.9, 1]}).arraySync(), [[43, 0, 13, 10]]);
  assert.deepEqual(randomBoxes(key(0), 1, [8, 8], {area: [1, 1], aspect: [1, 1]}).arraySync(), [[0, 0, 8, 8]]);
});

test('crops are deterministic in the key, differ between images, stay in [0, 1], leave no tensor behind', () => {
  const images = tf.tile(uniform(key(2), [1, 16, 16, 3]), [8, 1, 1, 1]) as tf.Tensor4D;
  const crop = randomResizedCrop({size: 12, interpolation: 'bicubic'});
  const before = tf.memory().numTensors;
  const [a, b, other] = [3, 3, 4].map(seed => tf.tidy(() => crop(images, key(seed)).dataSync()));
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(a, b);
  assert.notDeepEqual(a, other);
  assert.ok(a!.every(v => v >= 0 && v <= 1));
  assert.equal(new Set(Array.from({length: 8}, (_, i) => a!.slice(i * 432, (i + 1) * 432).join())).size, 8);
});

test('wrong areas, boxes and sizes are refused', () => {
  assert.throws(
    () => randomBoxes(key(0), 1, [8, 8], {area: [0, 1]}),
    /^RangeError: randomBoxes: expected 0 < smallest area/,
  );
  assert.throws(
    () => randomBoxes(key(0), 1, [8, 8], {aspect: [2, 1]}),
    /^RangeError: randomBoxes: expected 0 < smallest aspect/,
  );
  assert.throws(
    () => cropResize(tf.zeros([2, 4, 4, 3]), tf.zeros([1, 4]), 4),
    /^RangeError: cropResize: expected one box per image, \[2, 4\], got \[1,4\]/,
  );
  assert.throws(
    () => cropResize(tf.zeros([1, 4, 4, 3]), tf.ones([1, 4]), 2.5),
    /^RangeError: cropResize: expected a size of whole pixels/,
  );
});
