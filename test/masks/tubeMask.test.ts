import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tubeMask} from '../../lib/masks/tubeMask';
import {drawn, followsSeed} from './laws';

test("masks as many tokens a frame as VideoMAE's code, the floor, the same in all: 1,408 of 8 · 196 at 0.9", () => {
  assert.deepEqual(
    drawn(tubeMask({grid: [14, 14], frames: 8}), 2, 0).masked.map(row => row.length),
    [1408, 1408],
  );
  fc.assert(
    fc.property(
      fc.integer({min: 2, max: 8}),
      fc.integer({min: 1, max: 8}),
      fc.integer({min: 1, max: 4}),
      fc.double({min: 0.05, max: 0.95, noNaN: true}),
      fc.integer({min: 0, max: 2 ** 50}),
      (rows, columns, frames, ratio, seed) => {
        const l = rows * columns;
        const count = Math.floor(l * ratio);
        fc.pre(count >= 1);
        for (const row of drawn(tubeMask({grid: [rows, columns], frames, ratio}), 2, seed).masked) {
          const frame = row.slice(0, count);
          assert.ok(frame.every(token => token < l));
          assert.deepEqual(row, Array.from({length: frames}, (_, i) => frame.map(token => token + i * l)).flat());
        }
      },
    ),
    {numRuns: 30},
  );
  assert.deepEqual(tubeMask({grid: [3, 5], frames: 4}).grid, [12, 5]);
});

test('the seed decides', () => followsSeed(tubeMask({grid: [6, 6], frames: 2, ratio: 0.5})));

test('no frame, and ratios that hide no token or are no share, are refused', () => {
  assert.throws(
    () => tubeMask({grid: [4, 4], frames: 0}),
    /^RangeError: tubeMask: expected frames a whole number from 1, got 0/,
  );
  assert.throws(
    () => tubeMask({grid: [4, 4], frames: 2, ratio: 0.05}),
    /^RangeError: tubeMask: expected a ratio that masks some and keeps some of 16 tokens, got 0.05, which masks 0/,
  );
  assert.throws(
    () => tubeMask({grid: [4, 4], frames: 2, ratio: 0}),
    /^RangeError: tubeMask: expected a ratio of masked tokens above 0 and below 1, got 0/,
  );
});
