import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chooseRows} from '../../lib/engine/chooseRows';
import {tf} from '../../lib/engine/tf';

test('each row comes whole from one of the two', () => {
  const [yes, no] = [tf.tensor3d([[[1, 2]], [[3, 4]], [[5, 6]]]), tf.tensor3d([[[7, 8]], [[9, 10]], [[11, 12]]])];
  assert.deepEqual(chooseRows(tf.tensor1d([1, 0, 1], 'bool'), yes, no).arraySync(), [[[1, 2]], [[9, 10]], [[5, 6]]]);
});
