import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {checkTransfer, transferred, transferNames} from '../../lib/study/transferred';

test('accuracies by the names of the data sets', async () => {
  const means = (images: tf.Tensor4D) => ({
    embedding: tf.tidy(() => tf.concat([images.mean([1, 2]), images.square().mean([1, 2])], 1)) as tf.Tensor2D,
  });
  const {earth, ...others} = await transferred(means, ['earth']);
  assert.deepEqual(others, {});
  assert.ok(earth!.knn > 0.3 && earth!.linear > 0.3 && earth!.knn < 1, `${earth!.knn}, ${earth!.linear}`);
});

test('an unknown name is refused in one line', () => {
  checkTransfer('x', transferNames);
  assert.throws(
    () => checkTransfer('study', ['cifar']),
    /^RangeError: study: expected data sets to transfer to of drawn-emoji, earth, photos, letters, got 'cifar'$/,
  );
});
