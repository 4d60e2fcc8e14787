import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clip} from '../../lib/engine/clip';
import {tf} from '../../lib/engine/tf';

test('values are limited to the range, 0 to 1 unless told', () => {
  const x = tf.tensor2d([
    [-1, 0, 0.5],
    [1, 1.5, 3],
  ]);
  const before = tf.memory().numTensors;
  const [unit, wide] = [clip(x), clip(x, -0.5, 2)];
  assert.deepEqual(unit.arraySync(), [
    [0, 0, 0.5],
    [1, 1, 1],
  ]);
  assert.deepEqual(wide.arraySync(), [
    [-0.5, 0, 0.5],
    [1, 1.5, 2],
  ]);
  assert.equal(tf.memory().numTensors, before + 2);
});
