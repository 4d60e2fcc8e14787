import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {groupSize, largest} from '../../lib/evaluation/largest';
import {flat} from '../flat';

const shape = fc.record({
  n: fc.integer({min: 1, max: 4}),
  groups: fc.integer({min: 1, max: 12}),
  group: fc.integer({min: 1, max: 6}),
  repeats: fc.nat(5),
  k: fc.nat(),
  levels: fc.integer({min: 1, max: 30}),
  seed: fc.nat(1000),
});

test('equals sorting each row, also where many entries are equal and where the last column is repeated', async () => {
  await fc.assert(
    fc.asyncProperty(shape, async ({n, groups, group, repeats, k: choice, levels, seed}) => {
      const [m, columns] = [groups * group, groups * group - Math.min(repeats, group - 1)];
      const k = 1 + (choice % Math.min(groups, columns));
      const rows = Array.from(Array(n).keys(), row =>
        Array.from(
          {length: columns},
          (_, column) => Math.floor(levels * Math.abs(Math.sin(seed + 7 * row + 3 * column * column))) - levels / 2,
        ),
      );
      const x = tf.tensor2d(rows.map(row => [...row, ...new Array<number>(m - columns).fill(row[columns - 1]!)]));
      const {values, indices} = await flat(() => largest(x, k, group, columns), 2);
      const sorted = rows.map(row =>
        row
          .map((value, column) => ({value, column}))
          .sort((a, b) => b.value - a.value || a.column - b.column)
          .slice(0, k),
      );
      assert.deepEqual(
        indices.arraySync(),
        sorted.map(row => row.map(({column}) => column)),
      );
      assert.deepEqual(
        values.arraySync(),
        sorted.map(row => row.map(({value}) => Math.fround(value))),
      );
      tf.dispose([x, values, indices]);
    }),
  );
});

test('groups are whole and enough for k', () => {
  assert.deepEqual([groupSize(50_000, 20), groupSize(5, 5), groupSize(7, 2)], [50, 1, 1]);
  assert.throws(
    () => largest(tf.zeros([2, 10]), 2, 3),
    /^RangeError: largest: expected at least 2 whole groups of 3 columns, got \[2,10\]/,
  );
  assert.throws(
    () => largest(tf.zeros([2, 9]), 4, 3),
    /^RangeError: largest: expected at least 4 whole groups of 3 columns, got \[2,9\]/,
  );
});
