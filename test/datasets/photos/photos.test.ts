// Runs on the real packages; set-up has cut the patches out into data/, which everything else
// shares.

import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import sharp from 'sharp';
import {flatShare} from '../../../lib/datasets/flatPatches';
import {photoPlaces, photos, type PhotoPatches} from '../../../lib/datasets/photos/photos';
import {photoChecksum, photoFile, photographs} from '../../../lib/datasets/photos/photoSources';

const sides = ['train', 'validation', 'test'] as const;
let set: PhotoPatches;
before(async () => {
  set = await photos();
});

test('sizes of the set, its splits and their classes', () => {
  const {shape, images, splits, classes, labels} = set;
  assert.deepEqual(shape, [4691, 32, 32, 3]);
  assert.equal(images.length, 4691 * 32 * 32 * 3);
  assert.deepEqual(
    Object.values(splits).map(({length}) => length),
    [3739, 3251, 488, 952],
  );
  assert.equal(classes.length, 8);
  for (const [label, name] of classes.entries()) {
    const [train, validation, held] = sides.map(side => splits[side].filter(i => labels[i] === label).length) as [
      number,
      number,
      number,
    ];
    assert.ok(train >= 150 && validation >= 30 && held >= 60, `${name}: ${train}, ${validation}, ${held}`);
  }
});

test('sides lie apart in every photograph, and each image is on one', () => {
  const all = sides.flatMap(side => [...set.splits[side]]);
  assert.deepEqual(
    all.sort((a, b) => a - b),
    Array.from({length: 4691}, (_, i) => i),
  );
  assert.deepEqual(
    [...set.splits.pretrain],
    [...set.splits.train, ...set.splits.validation].sort((a, b) => a - b),
  );
  const {places} = set;
  for (const i of set.splits.test)
    for (const j of set.splits.pretrain) {
      const [a, b] = [places[i]!, places[j]!];
      if (a.photograph === b.photograph)
        assert.ok(Math.max(Math.abs(a.left - b.left), Math.abs(a.top - b.top)) >= 64 + 32, `${i}, ${j}`);
    }
  const sidesOf = new Map<number, Set<string>>();
  set.families.forEach((family, i) => sidesOf.set(family, (sidesOf.get(family) ?? new Set()).add(places[i]!.side)));
  assert.ok([...sidesOf.values()].every(({size}) => size === 1));
});

test('bands lie across the longer side, every second time the other way round', () => {
  const reach = (photograph: number, width: number, height: number, side: string, edge: 'left' | 'top') => {
    const at = photoPlaces(photograph, width, height)
      .filter(place => place.side === side)
      .map(place => place[edge]);
    return [Math.min(...at), Math.max(...at) + 64];
  };
  const [train, validation, held] = sides.map(side => reach(0, 1024, 700, side, 'left')) as [
    number[],
    number[],
    number[],
  ];
  assert.equal(train[0], 12);
  assert.ok(validation[0]! - train[1]! >= 32 && held[0]! - validation[1]! >= 32 && held[1]! <= 1012);
  assert.deepEqual(reach(1, 1024, 700, 'train', 'left'), [1024 - train[1]!, 1012]);
  assert.deepEqual(reach(0, 700, 1024, 'test', 'top'), held);
  for (const side of sides) {
    const [first, last] = reach(0, 1024, 700, side, 'top') as [number, number];
    assert.ok(first === 12 && last > 688 - 24 && last <= 688);
  }
});

test('patches are what the photograph shows there, in gray', async () => {
  const large = await photos({size: 64});
  assert.deepEqual(large.splits, set.splits);
  for (const i of [0, 2000, 4690]) {
    const {photograph, left, top} = set.places[i]!;
    const gray = await sharp(photoFile(photographs[photograph]!))
      .greyscale()
      .extract({left, top, width: 64, height: 64})
      .raw()
      .toBuffer();
    const patch = large.images.subarray(i * 64 * 64 * 3, (i + 1) * 64 * 64 * 3);
    for (const c of [0, 1, 2]) assert.deepEqual(Buffer.from(patch.filter((_, at) => at % 3 === c)), gray);
    assert.equal(set.labels[i], photograph);
    const [y, x] = [9, 30];
    const at = (dy: number, dx: number) => gray[(2 * y + dy) * 64 + 2 * x + dx]!;
    assert.equal(set.images[((i * 32 + y) * 32 + x) * 3], (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1) + 2) >> 2);
  }
});

test('blank paper is left out', async () => {
  const {images} = await photos({size: 64});
  for (let i = 0; i < 4691; i += 10)
    assert.ok(flatShare(images.subarray(i * 64 * 64 * 3, (i + 1) * 64 * 64 * 3), [64, 64, 3], {patch: 8}) <= 0.5);
});

test('captions, credit, checksum of the sources', () => {
  assert.equal(set.captions[set.splits.test[0]!], 'Acanthus mollis (Karl Blossfeldt, 1928)');
  for (const {by} of photographs) assert.ok(set.credit.includes(by));
  assert.match(set.credit, /courtesy of the Getty's Open Content Program/);
  assert.equal(set.checksum, 'be510dcecf9195ba27728f09f71fb0e8469fabd6110347609ceb20ff51e3e71f');
  assert.equal(photoChecksum(), set.checksum);
});

test('refuses another size', async () => {
  await assert.rejects(photos({size: 48 as 32}), /^RangeError: photos: expected size 32 or 64, got 48/);
});
