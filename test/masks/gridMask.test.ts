import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gridMask} from '../../lib/masks/gridMask';
import {drawn, followsSeed} from './laws';

const steps = (tokens: number[]) => new Set(tokens.slice(1).map((token, i) => token - tokens[i]!));

test('one of four at 0.75: every second token of every second row; of each four any one, in turn', () => {
  const {kept} = drawn(gridMask({grid: [4, 6]}), 60, 1);
  const first = kept.map(row => row[0]!);
  kept.forEach((row, i) =>
    assert.deepEqual(
      row,
      [0, 2, 4, 12, 14, 16].map(token => token + first[i]!),
    ),
  );
  assert.deepEqual(
    [...new Set(first)].sort((a, b) => a - b),
    [0, 1, 6, 7],
  );
});

test('one of nine, one of sixteen, and a chessboard', () => {
  for (const s of [3, 4]) {
    const {kept} = drawn(gridMask({grid: [12, 12], ratio: 1 - 1 / s ** 2}), 4, 1);
    for (const row of kept) assert.deepEqual([row.length, steps(row.slice(0, 12 / s))], [144 / s ** 2, new Set([s])]);
  }
  const {kept} = drawn(gridMask({grid: [3, 4], ratio: 0.5}), 20, 1);
  assert.deepEqual(new Set(kept.map(String)), new Set(['0,2,5,7,8,10', '1,3,4,6,9,11']));
});

test('the seed decides, unless all images keep the same', () => {
  followsSeed(gridMask({grid: [8, 8]}));
  assert.deepEqual(drawn(gridMask({grid: [4, 4], fixed: true}), 2, 5).kept, Array(2).fill([0, 2, 8, 10]));
});

test('ratios without an even pattern, and grids that cells do not fill, are refused', () => {
  for (const ratio of [0, 0.6, 0.7, 1, NaN, -3])
    assert.throws(
      () => gridMask({grid: [4, 4], ratio}),
      /^RangeError: gridMask: expected a ratio of 0.5 \(a chessboard\) or 1 − 1\/s² \(3\/4, 8\/9, 15\/16 …: one of s × s tokens is kept\), got /,
    );
  assert.throws(
    () => gridMask({grid: [4, 7]}),
    /^RangeError: gridMask: expected a grid of whole cells of 2 × 2 tokens for a ratio of 0.75, got 4 × 7/,
  );
  assert.throws(
    () => gridMask({grid: [3, 7], ratio: 0.5}),
    /^RangeError: gridMask: expected an even number of tokens for a chessboard, got a grid of 3 × 7/,
  );
});
