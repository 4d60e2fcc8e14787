import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {multiBlockMask} from '../../lib/masks/multiBlockMask';
import {drawn, followsSeed} from './laws';

const grid = [14, 14] as const;

test('contexts hold no target token and more than `minimum` others; targets and contexts have one size', () => {
  // contexts are cut to the smallest of the batch
  fc.assert(
    fc.property(
      fc.integer({min: 6, max: 14}),
      fc.integer({min: 6, max: 14}),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      fc.integer({min: 0, max: 2 ** 50}),
      (rows, columns, wholeGrid, sizeEach, freeAspect, truncate, seed) => {
        const {kept, targets} = drawn(
          multiBlockMask({grid: [rows, columns], wholeGrid, sizeEach, freeAspect, truncate}),
          6,
          seed,
        );
        kept.forEach((context, i) => {
          assert.equal(targets![i]!.length, 4);
          assert.ok(
            context.length > Math.min(10, Math.floor((rows * columns) / 16)) &&
              !targets![i]!.flat().some(token => context.includes(token)),
          );
          if (!wholeGrid)
            assert.ok(
              [...context, ...targets![i]!.flat()].every(
                token => token < (rows - 1) * columns && token % columns < columns - 1,
              ),
              'the last row and column are in no block',
            );
        });
        const sizes = (sets: number[][]) => new Set(sets.map(set => set.length)).size;
        if (truncate) assert.equal(sizes(kept), 1);
        if (truncate || !sizeEach) assert.equal(sizes(targets!.flat()), 1);
      },
    ),
    {numRuns: 60},
  );
});

test('each option does what it says', () => {
  const over = (options: object) =>
    Array.from({length: 20}, (_, seed) => drawn(multiBlockMask({grid, ...options}), 16, seed));
  const sizes = (sets: number[][]) => new Set(sets.map(set => set.length)).size;
  const [code, each, untruncated, whole] = [
    over({}),
    over({truncate: false, sizeEach: true}),
    over({truncate: false}),
    over({wholeGrid: true}),
  ];
  assert.ok(code.every(({kept}) => sizes(kept) === 1) && untruncated.every(({kept}) => sizes(kept) > 5));
  assert.ok(
    untruncated.every(({targets}) => sizes(targets!.flat()) === 1) &&
      each.every(({targets}) => sizes(targets!.flat()) > 1),
  );
  assert.ok(
    whole.some(({targets}) => targets!.flat().some(set => set.at(-1) === 195)) &&
      whole.some(({kept}) => kept.some(row => row.at(-1) === 195)),
  );
});

test('truncation drops the last tokens', () => {
  const options = {grid: [8, 8], contextTokens: 30} as const;
  const [code, whole, short] = [
    {},
    {truncate: false, contextTokens: undefined},
    {truncate: false, contextTokens: 8},
  ].map(more => drawn(multiBlockMask({...options, ...more}), 16, 3).kept);
  const fewest = Math.min(...whole!.map(row => row.length));
  assert.deepEqual(
    code,
    whole!.map(row => row.slice(0, fewest)),
  );
  assert.deepEqual(
    short,
    whole!.map(row => row.slice(0, 8)),
  );
  assert.ok(whole!.some(row => row.length > fewest));
});

test('shapes are those of the largest blocks, whatever is drawn', () => {
  const strategy = multiBlockMask({grid, contextTokens: 80});
  for (let seed = 0; seed < 5; seed++) {
    tf.tidy(() => {
      const inputs = strategy.host!.draw(3, seed);
      for (const [name, tensor] of Object.entries(inputs)) {
        const {dtype, shape} = strategy.host!.inputs[name as keyof typeof inputs];
        assert.deepEqual([tensor.dtype, tensor.shape], [dtype, [3, ...shape.slice(1)]]);
      }
    });
  }
  assert.deepEqual(strategy.host!.inputs.kept.shape, [null, 80]);
});

test('the seed decides', () => followsSeed(multiBlockMask({grid: [8, 8]})));

test('blocks that are too small or too large, and options out of range, are refused', () => {
  assert.throws(
    () => multiBlockMask({grid: [8, 8], minimum: 10}),
    /^RangeError: multiBlockMask: expected targets of more than 10 tokens, got blocks that may have \d: make their scale larger or minimum smaller/,
  );
  assert.throws(
    () => multiBlockMask({grid, targetScale: [0.2, 0.1]}),
    /^RangeError: multiBlockMask: expected targetScale above 0 and at most 1, the smaller first, got \[0.2, 0.1\]/,
  );
  assert.throws(
    () => multiBlockMask({grid, targetAspect: [0, 1]}),
    /^RangeError: multiBlockMask: expected targetAspect above 0, the smaller first, got \[0, 1\]/,
  );
  assert.throws(
    () => multiBlockMask({grid, targets: 0}),
    /^RangeError: multiBlockMask: expected targets a whole number from 1, got 0/,
  );
  assert.throws(
    () => multiBlockMask({grid: [1, 14]}),
    /^RangeError: multiBlockMask: expected a grid of at least 2 × 2 tokens, got 1 × 14/,
  );
  assert.throws(
    () => multiBlockMask({grid, contextTokens: 10}),
    /^RangeError: multiBlockMask: expected a context of more than 10 tokens and at most 169, those of the largest block, got 10/,
  );
  assert.throws(
    () => drawn(multiBlockMask({grid, targets: 12, targetScale: [0.8, 0.9]}), 2, 0),
    /^RangeError: multiBlockMask: expected a context of more than 10 tokens beside 12 targets of \d+ × \d+, found none in 2,000 draws/,
  );
});
