import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {drawnMask} from '../../lib/masks/drawnMask';
import {drawn} from './laws';

test("'#' is masked, '.' kept, row by row; blanks round the lines and empty lines do not count", () => {
  const strategy = drawnMask(`
    ##..
    ...#
  `);
  assert.deepEqual(strategy.grid, [2, 4]);
  assert.deepEqual(drawn(strategy, 2, 0), {
    masked: [
      [0, 1, 7],
      [0, 1, 7],
    ],
    kept: [
      [2, 3, 4, 5, 6],
      [2, 3, 4, 5, 6],
    ],
  });
});

test('any drawing that masks some tokens and keeps some comes out as it is, whatever the seed', () => {
  fc.assert(
    fc.property(
      fc
        .integer({min: 1, max: 6})
        .chain(columns =>
          fc.array(fc.array(fc.boolean(), {minLength: columns, maxLength: columns}), {minLength: 1, maxLength: 6}),
        ),
      fc.integer({min: 0, max: 2 ** 50}),
      (rows, seed) => {
        const tokens = rows.flat();
        fc.pre(tokens.includes(true) && tokens.includes(false));
        const strategy = drawnMask(rows.map(row => row.map(masked => (masked ? '#' : '.')).join('')).join('\n'));
        assert.deepEqual(strategy.grid, [rows.length, rows[0]!.length]);
        const own = tokens.flatMap((masked, token) => (masked ? [token] : []));
        assert.deepEqual(drawn(strategy, 2, seed).masked, [own, own]);
      },
    ),
    {numRuns: 30},
  );
});

test('lines of different lengths, other characters, and drawings that mask all or nothing are refused', () => {
  assert.throws(
    () => drawnMask('##..\n##.'),
    /^RangeError: drawnMask: expected lines of 4 tokens, as the first, got 3 in line 2/,
  );
  assert.throws(
    () => drawnMask('##..\n#x..'),
    /^RangeError: drawnMask: expected lines of '#' \(masked\) and '\.' \(kept\), got '#x\.\.' in line 2/,
  );
  assert.throws(
    () => drawnMask('##\n##'),
    /^RangeError: drawnMask: expected a drawing that masks some tokens and keeps some, got 4 masked of 4/,
  );
  assert.throws(() => drawnMask('..'), /got 0 masked of 2/);
  assert.throws(() => drawnMask(' \n'), /got 0 masked of 0/);
});
