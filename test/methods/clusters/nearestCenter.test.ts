import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {nearestCenter} from '../../../lib/methods/clusters/nearestCenter';
import {flat} from '../../flat';

test('the smallest distance, by the distances themselves; of two alike the first', async () => {
  const [points, centers] = [normal(key(1), [40, 5]), normal(key(2), [7, 5])];
  const distances = tf.norm(points.expandDims(1).sub(centers), 'euclidean', 2);
  const found = await flat(() => tf.tidy(() => nearestCenter(points, centers)), 1);
  assert.equal(found.dtype, 'int32');
  assert.deepEqual([...found.dataSync()], [...distances.argMin(1).dataSync()]);
  assert.deepEqual([...nearestCenter(tf.tensor2d([[0], [3]]), tf.tensor2d([[1], [-1], [4]])).dataSync()], [0, 2]);
});
