import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';

test('rows are gathered, with a gradient; an index outside is refused by TensorFlow', () => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
  const rows = tf.tensor1d([2, 0, 2], 'int32');
  assert.deepEqual([...tf.gather(x, rows).dataSync()], [5, 6, 1, 2, 5, 6]);
  assert.deepEqual([...tf.gather(x, tf.tensor1d([1], 'int32'), 1).dataSync()], [2, 4, 6]);
  assert.deepEqual(
    [
      ...tf
        .grad(input => tf.gather(input, rows).sum())(x)
        .dataSync(),
    ],
    [1, 1, 0, 0, 2, 2],
  );
  assert.throws(() => tf.gather(x, tf.tensor1d([3], 'int32')), /indices\[0\] = 3 is not in \[0, 3\)/);
});
