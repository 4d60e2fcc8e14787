import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {inverseBlockMask} from '../../lib/masks/inverseBlockMask';
import {countsOf} from './chiSquare';
import {drawn, followsSeed} from './laws';
import {alike, reference} from './reference';

const side = 14;
const inside = (value: number) => value > 0 && value < side - 1;

/** Sizes of what hangs together by its sides. */
function parts(tokens: readonly number[]): number[] {
  const left = new Set(tokens);
  const grow = (token: number): number =>
    left.delete(token)
      ? 1 +
        grow(token - side) +
        grow(token + side) +
        (token % side > 0 ? grow(token - 1) : 0) +
        (token % side < side - 1 ? grow(token + 1) : 0)
      : 0;
  return tokens.map(grow).filter(size => size > 0);
}

test("10,000 masks are distributed as data2vec 2.0's: kept tokens, connected parts, rim and corners", () => {
  const kept = Array.from(
    {length: 10},
    (_, seed) => drawn(inverseBlockMask({grid: [side, side]}), reference.draws / 10, seed).kept,
  ).flat();
  const split = kept.map(parts);
  alike('kept', countsOf(kept.map(row => row.length)), reference.data2vec.kept);
  alike('parts', countsOf(split.map(sizes => sizes.length)), reference.data2vec.parts);
  alike('largest', countsOf(split.map(sizes => Math.max(...sizes))), reference.data2vec.largest);
  alike(
    'rim',
    countsOf(kept.map(row => row.filter(token => !inside(Math.floor(token / side)) || !inside(token % side)).length)),
    reference.data2vec.rim,
  );
  alike(
    'corners',
    countsOf(kept.map(row => row.filter(token => !inside(Math.floor(token / side)) && !inside(token % side)).length)),
    reference.data2vec.corners,
  );
});

test('exactly the floor of l · (1 − ratio) tokens are kept, in blocks of any side', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 4, max: 12}),
      fc.integer({min: 4, max: 12}),
      fc.integer({min: 1, max: 3}),
      fc.double({min: 0.3, max: 0.75, noNaN: true}),
      fc.integer({min: 0, max: 2 ** 50}),
      (rows, columns, block, ratio, seed) => {
        const keep = Math.floor(rows * columns * (1 - ratio));
        fc.pre(rows * columns * (1.07 - ratio) >= block ** 2);
        assert.deepEqual(
          drawn(inverseBlockMask({grid: [rows, columns], block, ratio}), 3, seed).kept.map(row => row.length),
          [keep, keep, keep],
        );
      },
    ),
    {numRuns: 30},
  );
});

test('where blocks are all that is kept, it is their tokens', () => {
  for (const row of drawn(inverseBlockMask({grid: [6, 6], ratio: 0.75, extra: 0}), 20, 1).kept)
    assert.equal(row.length, 9); // one block of 3 × 3, cut off at edges
  const whole = drawn(inverseBlockMask({grid: [6, 6], ratio: 0.75, extra: 0}), 200, 1).kept.filter(
    row => row[8]! - row[0]! === 14 && row[1]! - row[0]! === 1 && row[3]! - row[0]! === 6,
  );
  // 16 of 36 centers are inside
  assert.ok(whole.length > 60, `${whole.length} of 200 whole blocks`);
});

test('the seed decides', () => followsSeed(inverseBlockMask({grid: [8, 8]})));

test('options out of range are refused', () => {
  assert.throws(
    () => inverseBlockMask({grid: [8, 8], ratio: 1}),
    /^RangeError: inverseBlockMask: expected a ratio of masked tokens above 0 and below 1, got 1/,
  );
  for (const block of [0, 9, 2.5])
    assert.throws(
      () => inverseBlockMask({grid: [8, 8], block}),
      /^RangeError: inverseBlockMask: expected blocks with a side from 1 to 8 tokens, got /,
    );
  assert.throws(
    () => inverseBlockMask({grid: [8, 8], block: 5}),
    /^RangeError: inverseBlockMask: expected at least one block of 5 × 5 among the kept of 64 tokens, got a ratio of 0.8/,
  );
  assert.throws(
    () => inverseBlockMask({grid: [8, 8], extra: -0.1}),
    /^RangeError: inverseBlockMask: expected extra from 0 to the ratio of 0.8, got -0.1/,
  );
  assert.throws(
    () => inverseBlockMask({grid: [4, 4], ratio: 0.95, block: 1}),
    /^RangeError: inverseBlockMask: expected a ratio that masks some and keeps some of 16 tokens, got 0.95, which masks 16/,
  );
});
