import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {cellMask} from '../../lib/masks/cellMask';
import {drawn, followsSeed} from './laws';

test("masks as many cells as SimMIM's code, the ceiling, each as a whole: 22 of 36 at 0.6", () => {
  assert.deepEqual(
    drawn(cellMask({grid: [48, 48], cell: 8}), 2, 0).masked.map(row => row.length),
    [22 * 64, 22 * 64],
  );
  fc.assert(
    fc.property(
      fc.integer({min: 2, max: 6}),
      fc.integer({min: 1, max: 6}),
      fc.integer({min: 1, max: 4}),
      fc.double({min: 0.05, max: 0.9, noNaN: true}),
      fc.integer({min: 0, max: 2 ** 50}),
      (down, across, cell, ratio, seed) => {
        const count = Math.ceil(down * across * ratio);
        fc.pre(count < down * across);
        const columns = across * cell;
        for (const masked of drawn(cellMask({grid: [down * cell, columns], cell, ratio}), 2, seed).masked) {
          const cells = new Map<string, number>();
          for (const token of masked) {
            const name = `${Math.floor(Math.floor(token / columns) / cell)}, ${Math.floor((token % columns) / cell)}`;
            cells.set(name, (cells.get(name) ?? 0) + 1);
          }
          assert.equal(cells.size, count);
          assert.ok([...cells.values()].every(tokens => tokens === cell ** 2));
        }
      },
    ),
    {numRuns: 30},
  );
});

test('the seed decides', () => followsSeed(cellMask({grid: [8, 8]})));

test('cells that do not fill the grid, and ratios that leave no cell or are no share, are refused', () => {
  for (const cell of [3, 0, 1.5])
    assert.throws(
      () => cellMask({grid: [8, 8], cell}),
      /^RangeError: cellMask: expected a side of cells that divides a grid of 8 × 8 tokens, got /,
    );
  assert.throws(
    () => cellMask({grid: [8, 8], cell: 4, ratio: 0.8}),
    /^RangeError: cellMask: expected a ratio that masks some and keeps some of 4 cells, got 0.8, which masks 4/,
  );
  assert.throws(
    () => cellMask({grid: [8, 8], ratio: 1}),
    /^RangeError: cellMask: expected a ratio of masked tokens above 0 and below 1, got 1/,
  );
});
