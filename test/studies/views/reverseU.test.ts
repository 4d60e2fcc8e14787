import assert from 'node:assert/strict';
import {test} from 'node:test';
import {reverseU} from '../../../lib/studies/views/reverseU';

const rows = (table: {[value: number]: number[]}) =>
  Object.entries(table).flatMap(([value, results]) =>
    results.map((measured, seed) => ({value: Number(value), seed, measured})),
  );

test('a peak inside that every seed sees', () => {
  const {
    peak,
    ends,
    above: [first, last],
    verdict,
  } = reverseU(rows({0: [10, 11, 12], 0.5: [20, 21.5, 22], 1: [15, 16, 17]}));
  assert.deepEqual([peak, ends, verdict], [0.5, [0, 1], 'yes']);
  assert.ok(
    Math.abs(first.mean - (10 + 10.5 + 10) / 3) < 1e-12 &&
      Math.abs(last.mean - (5 + 5.5 + 5) / 3) < 1e-12 &&
      first.low > 0 &&
      last.low > 0,
  );
});

test('differences are taken seed by seed: seeds that differ much by themselves do not hide it', () => {
  assert.equal(reverseU(rows({0: [0, 50, 100], 1: [2, 52.1, 102], 2: [1, 51, 101]})).verdict, 'yes');
});

test('a peak at an end is no reverse U; undecided if seeds do not tell it from an end, and with a single seed', () => {
  const {peak, above, verdict} = reverseU(rows({0: [30, 31], 1: [20, 21], 2: [10, 11]}));
  assert.deepEqual([peak, above[0].mean, verdict], [0, 0, 'no']);
  assert.equal(reverseU(rows({0: [10, 20, 12], 1: [12, 18, 16], 2: [1, 2, 3]})).verdict, 'undecided');
  assert.equal(reverseU(rows({0: [1], 1: [2], 2: [1]})).verdict, 'undecided');
});

test('refuses too few settings and missing runs in one line', () => {
  assert.throws(
    () => reverseU(rows({0: [1], 1: [2]})),
    /^RangeError: reverseU: expected at least 3 settings of the dial, got 2$/,
  );
  assert.throws(
    () => reverseU(rows({0: [1, 2], 1: [2], 2: [3, 4]})),
    /^RangeError: reverseU: expected one run of seed 1 at 1, got 0$/,
  );
});
