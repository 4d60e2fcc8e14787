import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {spearman} from '../../lib/analysis/spearman';
import {close} from '../close';

test('1 and −1 for what always rises or falls; ties share their rank', () => {
  close([spearman([1, 2, 3, 4], [1, 8, 27, 64]), spearman([1, 2, 3], [3, 2, 1])], [1, -1], 1e-12);
  for (let n = 3; n < 40; n++) {
    const rising = Array.from({length: n}, (_, i) => i);
    assert.ok(
      spearman(rising, rising) <= 1 &&
        spearman(
          rising,
          rising.map(value => -value),
        ) >= -1,
      `${n}`,
    );
  }
  // of ranks 1.5 1.5 3.5 5.5 5.5 3.5 with 1 to 6
  close([spearman([1, 2, 3, 4, 5, 6], [1, 1, 2, 3, 3, 2])], [0.7171371656], 1e-9);
});

test('does not change when a side is stretched without changing its order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({min: -50, max: 50}), {minLength: 3, maxLength: 8}),
      fc.nat(100),
      (a, seed) => {
        const b = a.map((value, i) => value * (((seed + i) % 3) - 1) + i);
        fc.pre(new Set(b).size > 1);
        close(
          [
            spearman(
              a.map(value => Math.exp(value / 20)),
              b,
            ),
          ],
          [spearman(a, b)],
          1e-9,
        );
      },
    ),
  );
});

test('too few pairs, and a side that does not vary, are refused', () => {
  assert.throws(
    () => spearman([1, 2], [1, 2]),
    /^RangeError: spearman: expected at least 3 pairs, got 2 and 2 numbers/,
  );
  assert.throws(
    () => spearman([1, 2, 3], [4, 4, 4]),
    /^RangeError: spearman: expected numbers that vary, got 4 3 times/,
  );
});
