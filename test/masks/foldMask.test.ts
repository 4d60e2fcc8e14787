import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {foldMask} from '../../lib/masks/foldMask';
import {randomMask} from '../../lib/masks/randomMask';
import {drawn, followsSeed} from './laws';

test('3 folds of 49 of 147 masked tokens of 196, disjoint; kept is what randomMask keeps', () => {
  const {masked, kept, targets} = drawn(foldMask({grid: [14, 14]}), 3, 4);
  assert.deepEqual(
    targets!.map(sets => sets.map(set => set.length)),
    Array(3).fill([49, 49, 49]),
  );
  targets!.forEach((sets, i) =>
    assert.deepEqual(
      sets.flat().sort((a, b) => a - b),
      masked[i],
    ),
  );
  assert.deepEqual(kept, drawn(randomMask({grid: [14, 14]}), 3, 4).kept);
  fc.assert(
    fc.property(
      fc.integer({min: 3, max: 10}),
      fc.integer({min: 2, max: 10}),
      fc.integer({min: 1, max: 4}),
      fc.double({min: 0.3, max: 0.9, noNaN: true}),
      fc.integer({min: 0, max: 2 ** 50}),
      (rows, columns, folds, ratio, seed) => {
        const hidden = rows * columns - Math.floor(rows * columns * (1 - ratio));
        fc.pre(hidden >= folds && hidden < rows * columns);
        const {masked: taken, targets: folded} = drawn(foldMask({grid: [rows, columns], ratio, folds}), 2, seed);
        folded!.forEach((sets, i) => {
          assert.deepEqual(
            sets.map(set => set.length),
            Array(folds).fill(Math.floor(hidden / folds)),
          );
          assert.equal(new Set(sets.flat()).size, sets.flat().length);
          assert.ok(sets.flat().every(token => taken[i]!.includes(token)));
        });
      },
    ),
    {numRuns: 30},
  );
});

test('folds are mixed: each spreads over the grid, and not row by row', () => {
  const {targets} = drawn(foldMask({grid: [10, 10]}), 50, 2);
  const means = targets!.flatMap(sets => sets.map(set => set.reduce((a, b) => a + b, 0) / set.length));
  assert.ok(
    means.every(mean => mean > 25 && mean < 75),
    `${Math.min(...means)} to ${Math.max(...means)}`,
  );
});

test('the seed decides', () => followsSeed(foldMask({grid: [6, 6]})));

test('more folds than masked tokens, and a ratio that is no share, are refused', () => {
  for (const folds of [0, 13, 1.5])
    assert.throws(
      () => foldMask({grid: [4, 4], folds}),
      /^RangeError: foldMask: expected from 1 to 12 folds of as many masked tokens, got /,
    );
  assert.throws(
    () => foldMask({grid: [4, 4], ratio: 1}),
    /^RangeError: foldMask: expected a ratio of masked tokens above 0 and below 1, got 1/,
  );
});
