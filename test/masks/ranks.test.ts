import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {ascending, ranks} from '../../lib/masks/ranks';

test('order and rank of each row; of equal values the first comes first', () => {
  const values = tf.tensor2d([
    [0.3, 0.1, 0.2, 0.1],
    [-1, 5, 0, -2],
  ]);
  assert.deepEqual(ascending(values).arraySync(), [
    [1, 3, 2, 0],
    [3, 0, 2, 1],
  ]);
  assert.deepEqual(ranks(values).arraySync(), [
    [3, 0, 2, 1],
    [1, 3, 2, 0],
  ]);
  assert.deepEqual(ascending(tf.tensor2d([[3, 1, 2]], [1, 3], 'int32')).arraySync(), [[1, 2, 0]]);
});
