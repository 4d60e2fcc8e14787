import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {withoutColumn} from '../../lib/losses/withoutColumn';
import {close} from '../close';
import {flat} from '../flat';

test('leaves out what it is told, row by row, in values and gradients', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 5}), fc.integer({min: 2, max: 6}), fc.nat(1000), (n, m, seed) => {
      const columns = Array.from({length: n}, (_, i) => (seed * (i + 7)) % m);
      const x = tf.range(0, n * m).reshape([n, m]) as tf.Tensor2D;
      const column = tf.tensor1d(columns, 'int32');
      const expected = columns.flatMap((out, row) =>
        Array.from({length: m}, (_, i) => i)
          .filter(i => i !== out)
          .map(i => row * m + i),
      );
      close(withoutColumn(x, column).dataSync(), expected, 0);
      const gradient = tf
        .grad((matrix: tf.Tensor) =>
          withoutColumn(matrix as tf.Tensor2D, column)
            .square()
            .sum(),
        )(x)
        .dataSync();
      close(
        gradient,
        Array.from({length: n * m}, (_, i) => (columns[Math.floor(i / m)] === i % m ? 0 : 2 * i)),
        1e-6,
      );
    }),
    {numRuns: 30},
  );
});

test('nothing is left in memory; a single column is refused', async () => {
  const [x, column] = [tf.ones<tf.Rank.R2>([3, 4]), tf.tensor1d([0, 1, 3], 'int32')];
  await flat(() => withoutColumn(x, column).dispose());
  assert.throws(
    () => withoutColumn(tf.ones([3, 1]), column),
    /^RangeError: withoutColumn: expected a column for each row of \[n, m\], m ≥ 2, got \[3\] for \[3,1\]/,
  );
});
