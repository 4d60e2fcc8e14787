// slow: reads the data sets of its textures

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadOrigin} from '../../../lib/datasets/origin';
import {imagesAt} from '../../../lib/datasets/dataset';
import {objects, objectScene} from '../../../lib/datasets/scenes/objects';
import {checkSides, sceneTextures} from '../../../lib/datasets/scenes/sceneTextures';
import {categoryNames} from '../../../lib/scenes/categories';
import {drawScene} from '../../../lib/scenes/drawScene';

const images = {train: 64, validation: 32, test: 48};

test('each category as often on every side, an instance an image, textures of one side only', async () => {
  const {labels, splits, classes, families, shape} = await objects({images});
  assert.deepEqual(classes, categoryNames);
  assert.deepEqual(shape, [144, 32, 32, 3]);
  assert.deepEqual(
    Object.values(splits).map(({length}) => length),
    [96, 64, 32, 48],
  );
  for (const split of Object.values(splits)) {
    const counts = categoryNames.map((_, label) => split.filter((i: number) => labels[i] === label).length);
    assert.equal(new Set(counts).size, 1, `${counts}`);
  }
  assert.equal(new Set(families).size, 144);
  const {textures, sides} = await sceneTextures();
  const all = Object.values(sides).flat();
  assert.deepEqual(
    [...new Set(all)].sort((a, b) => a - b),
    Array.from(textures.keys()),
  );
  assert.equal(all.length, textures.length);
  for (const [side, numbers] of Object.entries(sides) as [keyof typeof sides, number[]][])
    for (let i = 0; i < 20; i++) {
      const {objects: things, ground, walls} = objectScene(side, i, numbers);
      const label = labels[{train: 0, validation: 64, test: 96}[side] + i]!;
      assert.equal(things[0]!.category, classes[label]);
      for (const {texture} of [ground, ...(walls ? [walls] : []), ...things.flatMap(({materials}) => materials)])
        assert.ok(texture === null || numbers.includes(texture));
    }
});

test('an image is that of its scene, whatever the number of images, and the same when loaded again', async () => {
  const [small, large] = [await objects({images}), await objects({images: {...images, train: 80}, size: 64})];
  const {textures, sides} = await sceneTextures();
  const drawing = drawScene(objectScene('test', 3, sides.test), {size: 64, textures});
  assert.deepEqual(await imagesAt(large, Int32Array.of(80 + 32 + 3)), drawing.image);
  const mean = (x: number, y: number) =>
    [0, 1, 64, 65].reduce((sum, step) => sum + drawing.image[3 * (2 * y * 64 + 2 * x + step)]!, 2) >> 2;
  const bytes = await imagesAt(small, Int32Array.of(64 + 32 + 3));
  assert.deepEqual([bytes[0], bytes[3 * (10 * 32 + 20)]], [mean(0, 0), mean(20, 10)]);
  const again = await loadOrigin(small.origin!);
  assert.deepEqual([again.images, again.labels, again.checksum], [small.images, small.labels, small.checksum]);
});

test('refused: another size, a side without an image, more than there are', async () => {
  await assert.rejects(objects({size: 48 as 32}), /^RangeError: objects: expected size 32 or 64, got 48$/);
  await assert.rejects(
    objects({images: {...images, validation: 0}}),
    /^RangeError: objects: expected images for validation a whole number from 1, got 0$/,
  );
  await assert.rejects(
    objects({images: {...images, test: 10_001}}),
    /^RangeError: objects: expected at most 10000 images for test, got 10001$/,
  );
});

test('a texture of two sides is refused', () => {
  checkSides({train: [0, 1], validation: [2], test: [3, 3]});
  assert.throws(
    () => checkSides({train: [0, 1], validation: [2], test: [1]}),
    /^RangeError: sceneTextures: expected textures of one side each, got 1 in train and test$/,
  );
});
