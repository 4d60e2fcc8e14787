import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {marks, spread, wrap} from '../../lib/figures/theme';

test('labels are moved apart, in their order, and those with room stay', () => {
  assert.deepEqual(spread([0, 100, 50], 10), [0, 100, 50]);
  assert.deepEqual(spread([50, 52], 10), [46, 56]);
  fc.assert(fc.property(fc.array(fc.integer({min: 0, max: 300}), {maxLength: 12}), fc.integer({min: 1, max: 40}), (values, gap) => {
    const moved = spread(values, gap);
    const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
    order.slice(1).forEach((i, k) => assert.ok(moved[i] - moved[order[k]] >= gap - 1e-9));
    const sum = (all: number[]) => all.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum(moved) - sum(values)) < 1e-6);   // as little as possible: the center stays
  }));
});

test('text is broken after blanks and hyphens, and cut with an ellipsis', () => {
  assert.deepEqual(wrap('transport-ground and more', 12), ['transport-', 'ground and', 'more']);
  assert.deepEqual(wrap('transport-ground and more', 12, 2), ['transport-', 'ground and…']);
  assert.deepEqual(wrap('immeasurable', 6), ['immea…']);
});

test('no two series look alike without color', () => {
  assert.equal(new Set(marks.map(({symbol}) => symbol)).size, marks.length);
  assert.equal(new Set(marks.map(({color}) => color)).size, marks.length);
});
