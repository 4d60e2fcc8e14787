// Runs on the real package; set-up has cut the patches out into data/, which everything else
// shares.

import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import {earth, type EarthPatches} from '../../../lib/datasets/earth/earth';
import {earthChecksum, earthMaps} from '../../../lib/datasets/earth/earthSources';
import {latitudeOf, patchAt, stretchOf} from '../../../lib/datasets/earth/worldMap';

const sides = ['train', 'validation', 'test'] as const;
let set: EarthPatches;
before(async () => {
  set = await earth();
});

test('sizes of the set, its splits and their classes', () => {
  const {shape, images, splits, classes, labels, families} = set;
  assert.deepEqual(shape, [6715, 32, 32, 3]);
  assert.equal(images.length, 6715 * 32 * 32 * 3);
  assert.deepEqual(
    Object.values(splits).map(({length}) => length),
    [5757, 4629, 324, 958],
  );
  assert.deepEqual(classes, ['plains', 'hills', 'mountains']);
  assert.deepEqual(
    sides.map(side => classes.map((_, label) => splits[side].filter(i => labels[i] === label).length)),
    [
      [1512, 1565, 1552],
      [138, 83, 103],
      [321, 318, 319],
    ],
  );
  assert.equal(new Set(families).size, 83);
});

test('no point of the ground is in a test patch and in one of pre-training, nor in training and validation', () => {
  const [height, width] = [2048, 4096];
  const bits = {test: 1, pretrain: 2, train: 2 | 4, validation: 2 | 8};
  const seen = new Uint8Array(height * width);
  for (const {top, meridian, side} of set.places)
    for (let row = top; row < top + 64; row++) {
      const half = 32 * stretchOf(row, {height});
      for (let column = Math.floor(meridian - half); column < meridian + half; column++)
        seen[row * width + ((column + width) % width)]! |= bits[side];
    }
  assert.equal(seen.filter(value => (value & 3) === 3).length, 0);
  assert.equal(seen.filter(value => (value & 12) === 12).length, 0);
  assert.ok(seen.filter(value => value > 0).length > 1e6);
});

test('blocks stand on one side', () => {
  const of = (indices: Int32Array) => new Set(Array.from(indices, i => set.families[i]!));
  const [train, validation, held] = sides.map(side => of(set.splits[side])) as [Set<number>, Set<number>, Set<number>];
  assert.deepEqual(
    [...held].filter(block => train.has(block) || validation.has(block) || of(set.splits.pretrain).has(block)),
    [],
  );
  assert.deepEqual(
    [...validation].filter(block => train.has(block)),
    [],
  );
  assert.deepEqual([train.size, validation.size, held.size], [51, 11, 16]);
});

test('the poles are left out, and every patch shows land', () => {
  for (const {top, land} of set.places) {
    const latitude = latitudeOf(top + 31.5, {height: 2048});
    assert.ok(latitude >= -56 && latitude <= 66 && land >= 0.5);
  }
});

test('known places have the ground that they have', () => {
  const near = (latitude: number, longitude: number) =>
    set.places.filter(
      ({top, meridian}) =>
        Math.abs(latitudeOf(top + 31.5, {height: 2048}) - latitude) < 4 &&
        Math.abs((meridian / 4096) * 360 - 180 - longitude) < 4,
    );
  const mean = (latitude: number, longitude: number) => {
    const found = near(latitude, longitude);
    assert.ok(found.length > 3, `${latitude}, ${longitude}: ${found.length}`);
    return found.reduce((sum, {label}) => sum + label, 0) / found.length;
  };
  assert.ok(mean(28, 85) > 1.5); // Himalaya
  assert.ok(mean(-33, -70) > 1.5); // Andes
  assert.ok(mean(-5, -63) < 0.5); // Amazon basin
  assert.ok(mean(60, 75) < 0.5); // West Siberian plain
});

test('both sizes show the same, the map at their place', async () => {
  const large = await earth({size: 64});
  assert.deepEqual(large.shape, [6715, 64, 64, 3]);
  assert.deepEqual(large.splits, set.splits);
  const {day} = await earthMaps();
  for (const i of [0, 3000, 6714]) {
    const patch = patchAt(day, set.places[i]!, 64);
    assert.deepEqual(Buffer.from(large.images.subarray(i * patch.length, (i + 1) * patch.length)), Buffer.from(patch));
    const [y, x, c] = [11, 20, 1];
    const at = (dy: number, dx: number) => patch[((2 * y + dy) * 64 + 2 * x + dx) * 3 + c]!;
    assert.equal(set.images[((i * 32 + y) * 32 + x) * 3 + c], (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1) + 2) >> 2);
  }
});

test('captions, credit, checksum of the sources', () => {
  assert.match(set.captions[0]!, /^(plains|hills|mountains), 6\d° N \d+° [WE]$/);
  assert.match(set.credit, /NASA/);
  assert.equal(set.checksum, '67ebf1810f47ac70860daeee58817f391ad233f72608bb6619227f4f1af0c8a0');
  assert.equal(earthChecksum(), set.checksum);
});

test('refuses another size', async () => {
  await assert.rejects(earth({size: 48 as 32}), /^RangeError: earth: expected size 32 or 64, got 48/);
});
