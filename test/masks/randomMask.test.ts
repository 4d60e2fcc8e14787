import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {randomMask} from '../../lib/masks/randomMask';
import {countsOf, sameDistribution} from './chiSquare';
import {drawn, followsSeed} from './laws';

test("keeps as many tokens as MAE's code: 49 of 196, and the floor of l·(1 − ratio) of any", () => {
  assert.deepEqual(
    drawn(randomMask({grid: [14, 14]}), 3, 0).kept.map(row => row.length),
    [49, 49, 49],
  );
  assert.deepEqual(
    drawn(randomMask({grid: [5, 5], ratio: 0.8}), 2, 0).kept.map(row => row.length),
    [4, 4],
  ); // int(25 * (1 - 0.8)) in Python
  fc.assert(
    fc.property(
      fc.integer({min: 2, max: 15}),
      fc.integer({min: 1, max: 15}),
      fc.double({min: 0.05, max: 0.95, noNaN: true}),
      fc.integer({min: 0, max: 2 ** 50}),
      (rows, columns, ratio, seed) => {
        const keep = Math.floor(rows * columns * (1 - ratio));
        fc.pre(keep >= 1);
        assert.deepEqual(
          drawn(randomMask({grid: [rows, columns], ratio}), 3, seed).kept.map(row => row.length),
          [keep, keep, keep],
        );
      },
    ),
    {numRuns: 30},
  );
});

test('every token is kept as often as any other', () => {
  const {kept} = drawn(randomMask({grid: [4, 6], ratio: 0.75}), 4000, 3);
  const p = sameDistribution(
    countsOf(kept.flat()),
    Object.fromEntries(Array.from({length: 24}, (_, token) => [token, 1e9])),
  ); // a little stricter than it says: tokens of an image are drawn without replacement
  assert.ok(p > 0.001, `p = ${p}`);
});

test('the seed decides', () => followsSeed(randomMask({grid: [4, 4]})));

test('a ratio outside (0, 1), one that leaves or hides no token, and a broken grid are refused', () => {
  for (const ratio of [0, 1, -0.1, 1.2, NaN])
    assert.throws(
      () => randomMask({grid: [4, 4], ratio}),
      /^RangeError: randomMask: expected a ratio of masked tokens above 0 and below 1, got /,
    );
  assert.throws(
    () => randomMask({grid: [3, 3], ratio: 0.95}),
    /^RangeError: randomMask: expected a ratio that masks some and keeps some of 9 tokens, got 0.95, which masks 9/,
  );
  assert.throws(
    () => randomMask({grid: [32 / 5, 32 / 5]}),
    /^RangeError: randomMask: expected a grid of whole numbers of rows and columns, got 6.4 × 6.4: the patch must divide the image/,
  );
});
