import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {onPlanes} from '../../lib/views/planes';

test('a plane holds one channel of every image, a row each; planes become images again', () => {
  for (const c of [1, 2, 3]) {
    const images = uniform(key(c), [3, 4, 5, c]);
    const result = onPlanes(images, planes => {
      assert.deepEqual(
        planes.map(plane => plane.shape),
        Array(c).fill([3, 20]),
      );
      assert.deepEqual(planes.at(-1)!.dataSync(), tf.unstack(images, 3).at(-1)!.dataSync());
      return planes;
    });
    assert.deepEqual([result.shape, result.dataSync()], [images.shape, images.dataSync()]);
  }
});
