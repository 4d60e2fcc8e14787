import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {quarterTurns} from '../../lib/views/quarterTurns';
import {flat} from '../flat';

test('each image by its own number of quarter turns against the clock, as numpy.rot90', async () => {
  // 1 2 over 3 4
  const images = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]).tile([4, 1, 1, 1]) as tf.Tensor4D;
  const turns = tf.tensor1d([0, 1, 2, 3], 'int32');
  const turned = await flat(() => quarterTurns(images, turns), 1);
  assert.deepEqual([...turned.dataSync()], [1, 2, 3, 4, 2, 4, 1, 3, 4, 3, 2, 1, 3, 1, 4, 2]);
});

test('images that are not square are refused', () => {
  assert.throws(
    () => quarterTurns(tf.zeros([1, 2, 3, 1]), tf.zeros([1], 'int32')),
    /^RangeError: quarterTurns: expected square images, got \[1,2,3,1\]/,
  );
});
