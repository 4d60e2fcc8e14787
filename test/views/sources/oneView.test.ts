import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {oneView} from '../../../lib/views/sources/oneView';
import {simclrViews} from '../../../lib/views/recipes/simclr';
import {flat} from '../../flat';
import {tinyDataset} from '../../study/tinyDataset';

test('a view of each image and its place; the key decides; nothing is left when the source is disposed', async () => {
  const dataset = tinyDataset();
  const recipe = simclrViews({size: 16, mean: dataset.mean, standardDeviation: dataset.standardDeviation});
  await flat(() => {
    const source = oneView({dataset, recipe});
    assert.equal(source.size, dataset.splits.pretrain.length);
    tf.tidy(() => {
      const draw = (seed: number) => source.batch(tf.tensor1d([3, 0], 'int32'), key(seed), {});
      const [a, b, other] = [draw(1), draw(1), draw(2)];
      assert.deepEqual(
        [a.view.shape, [...a.index.dataSync()]],
        [
          [2, 16, 16, 3],
          [3, 0],
        ],
      );
      assert.deepEqual(a.view.dataSync(), b.view.dataSync());
      assert.notDeepEqual(a.view.dataSync(), other.view.dataSync());
    });
    source.dispose();
  });
});
