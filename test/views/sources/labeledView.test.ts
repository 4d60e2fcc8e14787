import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {labeledView} from '../../../lib/views/sources/labeledView';
import {oneView} from '../../../lib/views/sources/oneView';
import {simclrViews} from '../../../lib/views/recipes/simclr';
import {flat} from '../../flat';
import {tinyDataset} from '../../study/tinyDataset';

const dataset = tinyDataset();
const recipe = simclrViews({size: 16, mean: dataset.mean, standardDeviation: dataset.standardDeviation});

test("the view of oneView with each image's class; nothing is left when the source is disposed", async () => {
  const shuffled = {...dataset, splits: {...dataset.splits, train: Int32Array.from([7, 2, 9, 4])}};
  await flat(() => {
    const [labeled, plain] = [
      labeledView({dataset: shuffled, recipe}),
      oneView({dataset: shuffled, recipe, split: 'train'}),
    ];
    assert.equal(labeled.size, 4);
    tf.tidy(() => {
      const index = tf.tensor1d([3, 0, 1], 'int32');
      const {view, label} = labeled.batch(index, key(1), {});
      assert.deepEqual(view.dataSync(), plain.batch(index, key(1), {}).view.dataSync());
      assert.deepEqual(
        [...label.dataSync()],
        [4, 7, 2].map(image => dataset.labels[image]),
      );
    });
    labeled.dispose();
    plain.dispose();
  });
});

test('the split is train, or the one asked for', () => {
  for (const split of [undefined, 'validation'] as const) {
    const source = labeledView({dataset, recipe, split});
    assert.equal(source.size, dataset.splits[split ?? 'train'].length);
    source.dispose();
  }
});

test('an image without a label is refused', () => {
  const labels = dataset.labels.slice();
  labels[5] = -1;
  assert.throws(
    () => labeledView({dataset: {...dataset, labels}, recipe}),
    /^RangeError: labeledView: expected a label for every image in the split 'train' of tiny, image 5 has none/,
  );
});
