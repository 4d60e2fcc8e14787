import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hitDifferences} from '../../lib/study/hitDifferences';

const run = (seed: number, knn: string, dataset = 'made-up') => ({seed, dataset, hits: {knn, linear: knn}});

test('differences image by image, mean over seeds; their mean is the difference of accuracies', () => {
  const differences = hitDifferences([run(0, '1100'), run(1, '1110')], [run(1, '0110'), run(0, '0101')], 'knn');
  assert.deepEqual([...differences], [1, 0, 0, -0.5]);
});

test('other seeds, seeds twice and other test sets are refused', () => {
  assert.throws(
    () => hitDifferences([run(0, '11')], [run(1, '11')], 'knn'),
    /^RangeError: hitDifferences: expected one run of each seed on both sides, got the seeds 0 and 1/,
  );
  assert.throws(
    () => hitDifferences([run(0, '11'), run(0, '10')], [run(0, '11'), run(0, '11')], 'knn'),
    /got the seeds 0, 0 and 0, 0/,
  );
  assert.throws(
    () => hitDifferences([run(0, '11')], [run(0, '111')], 'linear'),
    /^RangeError: hitDifferences: expected runs on one test set, 2 images of made-up, got 3 of made-up/,
  );
  assert.throws(() => hitDifferences([], [], 'linear'), /got the seeds none and none/);
});
