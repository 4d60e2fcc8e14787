import assert from 'node:assert/strict';
import {test} from 'node:test';
import {categoryNames, type CategoryName} from '../../lib/scenes/categories';
import {colorOf, randomObject, randomScene, type ObjectDifficulty} from '../../lib/scenes/randomScene';
import type {Color} from '../../lib/scenes/scene';

const difficulty: ObjectDifficulty = {
  extent: [0.4, 0.8],
  shift: 0.2,
  elevation: [0.03, 0.12],
  clutter: 0,
  usual: 1,
  surfaces: 0,
};
const objectsOf = (category: CategoryName, given: Partial<ObjectDifficulty> = {}, n = 200) =>
  Array.from({length: n}, (_, seed) =>
    randomObject(seed, {category, textures: 5, difficulty: {...difficulty, ...given}}),
  );
const share = <T>(of: readonly T[], is: (one: T) => boolean) => of.filter(is).length / of.length;
const isGreen = ([red, green, blue]: Color) => green > red && green > blue;
const colorOfFirst = ({objects}: {objects: readonly {materials: readonly {color: Color}[]}[]}) =>
  objects[0]!.materials[0]!.color;

test('colors of hue, saturation and value', () => {
  assert.deepEqual(colorOf(0, 1, 1), [1, 0, 0]);
  assert.deepEqual(colorOf(1 / 3, 1, 0.5), [0, 0.5, 0]);
  assert.deepEqual(colorOf(0.7, 0, 0.8), [0.8, 0.8, 0.8]);
});

test('where everything is usual trees are green and no ball is; where nothing is, a third of both', () => {
  assert.equal(share(objectsOf('tree').map(colorOfFirst), isGreen), 1);
  assert.ok(share(objectsOf('crate').map(colorOfFirst), isGreen) === 0);
  for (const category of ['tree', 'crate'] as const) {
    const green = share(objectsOf(category, {usual: 0}).map(colorOfFirst), isGreen);
    assert.ok(Math.abs(green - 1 / 3) < 0.1, `${category}: ${green}`);
  }
  const half = share(objectsOf('tree', {usual: 0.5}).map(colorOfFirst), isGreen);
  assert.ok(Math.abs(half - 2 / 3) < 0.1, `${half}`);
});

test('as many grounds have a texture as are asked for, and of the walls seven tenths of it', () => {
  const textured = (surfaces: number, which: 'ground' | 'walls') => {
    const materials = objectsOf('ball', {surfaces}, 1000).flatMap(scene => scene[which] ?? []);
    return share(materials, ({texture}) => texture !== null);
  };
  assert.deepEqual([textured(0, 'ground'), textured(0, 'walls'), textured(1, 'ground')], [0, 0, 1]);
  assert.ok(Math.abs(textured(0.5, 'ground') - 0.5) < 0.06);
  assert.ok(Math.abs(textured(1, 'walls') - 0.7) < 0.06);
});

test('the same seed gives the same scene, another one another; several objects keep apart', () => {
  assert.deepEqual(randomScene(5, {textures: 3}), randomScene(5, {textures: 3}));
  assert.notDeepEqual(randomScene(5, {textures: 3}), randomScene(6, {textures: 3}));
  assert.deepEqual(objectsOf('lamp', {}, 3), objectsOf('lamp', {}, 3));
  const counts = new Set(Array.from({length: 60}, (_, seed) => randomScene(seed, {textures: 0}).objects.length));
  assert.deepEqual([...counts].sort(), [2, 3, 4, 5, 6, 7]);
  assert.equal(new Set(categoryNames).size, 16);
});

test('refused: no object, a share above 1', () => {
  assert.throws(
    () => randomScene(0, {textures: 0, objects: 0}),
    /^RangeError: randomScene: expected objects .*, got 0$/,
  );
  assert.throws(() => objectsOf('ball', {usual: 60}), /^RangeError: randomObject: expected usual from 0 to 1, got 60$/);
  assert.throws(
    () => objectsOf('ball', {surfaces: -1}),
    /^RangeError: randomObject: expected surfaces from 0 to 1, got -1$/,
  );
});
