import assert from 'node:assert/strict';
import {test} from 'node:test';
import {channelStatistics} from '../../lib/datasets/channelStatistics';
import {largeImages, wholeAreas, type LargeArea} from '../../lib/datasets/largeImages';
import {close} from '../close';
import {hashed} from '../reference/hashed';

const image = (name: string, height: number, width: number) => ({
  name,
  pixels: Uint8Array.from(hashed(name, [height, width, 3], 120), value => 128 + value),
  height,
  width,
});
const images = [image('tall', 20, 10), image('wide', 8, 30)];
const rest = {name: 'two', images, license: 'CC0-1.0', credit: '', checksum: ''};
const area = (number: number, top: number, left: number, height: number, width: number): LargeArea => ({
  image: number,
  top,
  left,
  height,
  width,
});

test('mean and standard deviation are those of the areas for pre-training, pixel by pixel', () => {
  const set = largeImages({
    ...rest,
    areas: {pretrain: [area(0, 5, 2, 10, 6), area(1, 0, 4, 8, 20)], test: [area(0, 15, 0, 5, 10)]},
  });
  const cut = ({image: number, top, left, height, width}: LargeArea) =>
    Array.from({length: height}, (_, y) => [
      ...images[number]!.pixels.subarray(
        ((top + y) * images[number]!.width + left) * 3,
        ((top + y) * images[number]!.width + left + width) * 3,
      ),
    ]).flat();
  const pixels = Uint8Array.from(set.areas.pretrain.flatMap(cut));
  const {mean, standardDeviation} = channelStatistics(pixels, [1, 1, pixels.length / 3, 3]);
  close([...set.mean, ...set.standardDeviation], [...mean, ...standardDeviation], 1e-12);
});

test('whole images are areas', () => {
  assert.deepEqual(wholeAreas(images, [1]), [area(1, 0, 0, 8, 30)]);
});

test('areas outside their image, areas on both sides, none, and images of too few bytes are refused', () => {
  const made =
    (pretrain: LargeArea[], testing: LargeArea[] = []) =>
    () =>
      largeImages({...rest, areas: {pretrain, test: testing}});
  assert.throws(made([]), /^RangeError: largeImages: expected an area for pre-training in two, got none$/);
  assert.throws(
    made([area(0, 15, 0, 6, 10)]),
    /^RangeError: largeImages: expected areas within the 20 × 10 pixels of tall, got 6 × 10 from row 15 and column 0 on$/,
  );
  assert.throws(made([area(0, 0.5, 0, 6, 10)]), /expected areas within/);
  assert.throws(
    made([area(0, 0, 0, 10, 10)], [area(0, 9, 0, 5, 10)]),
    /^RangeError: largeImages: expected areas of the test that no area of pre-training overlaps, got two in tall$/,
  );
  made([area(0, 0, 0, 10, 10)], [area(0, 10, 0, 5, 10), area(1, 0, 0, 8, 30)])();
  assert.throws(
    () =>
      largeImages({
        ...rest,
        images: [{...images[0]!, pixels: new Uint8Array(3)}],
        areas: {pretrain: [area(0, 0, 0, 1, 1)], test: []},
      }),
    /^RangeError: largeImages: expected 20 × 10 × 3 bytes of tall, got 3$/,
  );
});
