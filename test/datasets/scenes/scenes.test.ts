import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadOrigin} from '../../../lib/datasets/origin';
import {sceneClasses, scenes, type SceneImages} from '../../../lib/datasets/scenes/scenes';
import {visibleObjects} from '../../../lib/scenes/visibleObjects';

const images = {train: 12, validation: 2, test: 4};

test('channels agree with one another and with the scene', async () => {
  const {scenes: list, channels, shape, splits, labels, classes} = await scenes({size: 32, images});
  assert.deepEqual(shape, [18, 32, 32, 3]);
  assert.deepEqual(
    Object.values(splits).map(({length}) => length),
    [14, 12, 2, 4],
  );
  assert.deepEqual([...new Set(labels), classes], [-1, []]);
  for (const [i, {objects, walls}] of list.entries()) {
    const part = <T extends Uint8Array | Float32Array>(of: T, values = 1) =>
      of.subarray(i * 1024 * values, (i + 1) * 1024 * values);
    const [semantic, instance, depth] = [part(channels.semantic), part(channels.instance), part(channels.depth)];
    const normal = part(channels.normal, 3);
    assert.ok(objects.length >= 2 && objects.length <= 7);
    semantic.forEach((value, pixel) => {
      const name = sceneClasses[value]!;
      const object = objects[instance[pixel]! - 1];
      assert.equal(name, object?.category ?? name);
      assert.equal(instance[pixel] === 0, ['sky', 'ground', 'wall'].includes(name));
      assert.equal(depth[pixel] === Infinity, name === 'sky');
      const length = Math.hypot(...normal.subarray(3 * pixel, 3 * pixel + 3));
      assert.ok(Math.abs(length - (name === 'sky' ? 0 : 1)) < 1e-5);
      if (walls === null) assert.notEqual(name, 'wall');
    });
    const owner = Int16Array.from(instance, value => value - 1);
    for (const {object, area} of visibleObjects({owner, size: 32}))
      assert.equal(instance.filter(value => value === object + 1).length, area);
  }
});

test('the same scenes again from their origin; refused: a small size, a side without a scene', async () => {
  const few = await scenes({size: 16, images});
  const again = (await loadOrigin(few.origin!)) as SceneImages;
  assert.deepEqual([again.images, again.scenes, again.channels], [few.images, few.scenes, few.channels]);
  await assert.rejects(scenes({size: 8}), /^RangeError: scenes: expected a size of at least 16 whole pixels, got 8$/);
  await assert.rejects(
    scenes({images: {...images, test: 0}}),
    /^RangeError: scenes: expected images for test a whole number from 1, got 0$/,
  );
});
