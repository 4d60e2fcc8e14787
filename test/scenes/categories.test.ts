import assert from 'node:assert/strict';
import {test} from 'node:test';
import {categories, categoryNames} from '../../lib/scenes/categories';

test('every category stands on the ground, is about 1 high, and has the proportions that it names', () => {
  assert.ok(categoryNames.length >= 16);
  for (const name of categoryNames) {
    const {proportions, parts} = categories[name];
    assert.equal(new Set(proportions).size, proportions.length, name);
    const shapes = [0, 0.5, 1].map(share => parts(proportions.map(() => share)));
    for (const shape of shapes) {
      const heights = shape.flatMap(([{positions}]) => positions.filter((_, i) => i % 3 === 1));
      const [low, high] = [Math.min(...heights), Math.max(...heights)];
      assert.ok(Math.abs(low) < 0.02, `${name} from ${low}`);
      assert.ok(high > 0.4 && high < 1.7, `${name} up to ${high}`);
      const across = shape.flatMap(([{positions}]) => positions.filter((_, i) => i % 3 !== 1));
      assert.ok(Math.max(...across.map(Math.abs)) < 0.75, name);
    }
  }
});

test('each proportion changes the shape', () => {
  for (const name of categoryNames) {
    const {proportions, parts} = categories[name];
    const middle = proportions.map(() => 0.4);
    const points = (shape: number[]) => JSON.stringify(parts(shape).map(([{positions}]) => positions));
    proportions.forEach((proportion, i) =>
      assert.notEqual(points(middle.with(i, 0.9)), points(middle), `${name}: ${proportion}`),
    );
  }
});
