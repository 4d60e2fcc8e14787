import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {numbers} from '../../lib/engine/numbers';
import {blockMask, drawBlocks, type Block} from '../../lib/masks/blockMask';
import {countsOf} from './chiSquare';
import {drawn, followsSeed} from './laws';
import {alike, alikeShapes, reference} from './reference';

for (const {target, minimum, masked: theirs, blocks: theirBlocks, first, second} of reference.beit) {
  test(`10,000 masks are distributed as those of BEiT's generator, with blocks from ${minimum} tokens: masked tokens, blocks, and area, aspect, row and column of the first two`, () => {
    const next = numbers(1);
    const masks = Array.from({length: reference.draws}, () => {
      const masked = new Float32Array(196);
      return {
        blocks: drawBlocks(masked, [14, 14], {target, minimum, aspect: 0.3}, next),
        masked: masked.reduce((sum, value) => sum + value, 0),
      };
    });
    alike('masked', countsOf(masks.map(({masked}) => masked)), theirs);
    alike('blocks', countsOf(masks.map(({blocks}) => blocks.length)), theirBlocks);
    alikeShapes(
      'first',
      masks.map(({blocks}) => blocks[0]!),
      first,
    );
    alikeShapes(
      'second',
      masks.flatMap(({blocks}): Block[] => (blocks.length > 1 ? [blocks[1]!] : [])),
      second,
    );
  });
}

test('at most l · ratio tokens are masked, made of whole blocks; exactly as many on demand', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 4, max: 14}),
      fc.integer({min: 4, max: 14}),
      fc.integer({min: 30, max: 90}),
      fc.boolean(),
      fc.integer({min: 0, max: 2 ** 50}),
      (rows, columns, percent, exact, seed) => {
        const [ratio, most] = [percent / 100, Math.floor((rows * columns * percent) / 100)];
        const counts = drawn(blockMask({grid: [rows, columns], ratio, exact}), 4, seed).masked.map(row => row.length);
        assert.ok(
          counts.every(count => (exact ? count === most : count <= most)),
          `${counts} of ${most}`,
        );
      },
    ),
    {numRuns: 40},
  );
  assert.deepEqual(
    drawn(blockMask({grid: [14, 14], exact: true}), 4, 1).masked.map(row => row.length),
    Array(4).fill(75),
  );
});

test('without `exact` masks are the union of their blocks', () => {
  const masked = new Float32Array(10 * 12);
  const blocks = drawBlocks(masked, [10, 12], {target: 60, minimum: 9, aspect: 0.3}, numbers(5));
  assert.ok(blocks.length >= 2);
  masked.forEach((value, token) =>
    assert.equal(
      value,
      Number(
        blocks.some(
          ({top, left, height, width}) =>
            Math.floor(token / 12) >= top &&
            Math.floor(token / 12) < top + height &&
            token % 12 >= left &&
            token % 12 < left + width,
        ),
      ),
    ),
  );
});

test('a range and a probability, as iBOT: about half of the images whole, the others masked within the bounds', () => {
  const counts = drawn(blockMask({grid: [14, 14], ratio: [0.1, 0.5], probability: 0.5}), 2000, 1).masked.map(
    row => row.length,
  );
  const masked = counts.filter(count => count > 0);
  assert.ok(Math.abs(masked.length - 1000) < 4 * Math.sqrt(500), `${masked.length} masked`);
  assert.ok(Math.max(...masked) <= 98 && Math.max(...masked) > 90 && masked.filter(count => count < 25).length > 50);
});

test('of small ratios and small grids blocks get smaller', () => {
  for (const [side, ratio] of [
    [14, 0.05],
    [9, 0.1],
    [4, 0.2],
    [2, 0.5],
  ] as const)
    assert.ok(
      drawn(blockMask({grid: [side, side], ratio}), 20, 1).masked.some(row => row.length > 0),
      `${side}`,
    );
  assert.throws(
    () => blockMask({grid: [3, 3], ratio: 0.1}),
    /^RangeError: blockMask: expected a smallest block from 1 token to the 0.9 that a ratio of 0.1 asks for, got 1/,
  );
});

test('the seed decides', () => {
  followsSeed(blockMask({grid: [8, 8]}));
  followsSeed(blockMask({grid: [8, 8], ratio: 0.75, exact: true}));
});

test('options out of range are refused', () => {
  for (const ratio of [0, 1, [0.5, 1], [0, 0.3]] as const)
    assert.throws(
      () => blockMask({grid: [14, 14], ratio}),
      /^RangeError: blockMask: expected a ratio of masked tokens above 0 and below 1, got /,
    );
  assert.throws(
    () => blockMask({grid: [14, 14], ratio: [0.5, 0.3]}),
    /^RangeError: blockMask: expected a smallest and a largest ratio, got \[0.5, 0.3\]/,
  );
  assert.throws(
    () => blockMask({grid: [14, 14], ratio: 0.05, minimum: 16}),
    /^RangeError: blockMask: expected a smallest block from 1 token to the 9.8\d* that a ratio of 0.05 asks for, got 16/,
  );
  assert.throws(
    () => blockMask({grid: [14, 14], minimum: 0}),
    /^RangeError: blockMask: expected a smallest block from 1 token/,
  );
  for (const aspect of [0, 1.5])
    assert.throws(
      () => blockMask({grid: [14, 14], aspect}),
      /^RangeError: blockMask: expected an aspect above 0 and at most 1, got /,
    );
  for (const probability of [0, 1.1])
    assert.throws(
      () => blockMask({grid: [14, 14], probability}),
      /^RangeError: blockMask: expected a probability above 0 and at most 1, got /,
    );
  assert.throws(
    () => blockMask({grid: [14, 14], probability: 0.5, exact: true}),
    /^RangeError: blockMask: expected one ratio and probability 1 for an exact count, got /,
  );
});
