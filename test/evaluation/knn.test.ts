import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {knn} from '../../lib/evaluation/knn';
import {flat} from '../flat';
import {classes} from '../reference/classes';
import reference from '../reference/knn.json';

const [train, testing] = [classes('train', 300, 16, 10), classes('test', 150, 16, 10)];

test('predicts what scikit-learn predicts', async () => {
  for (const {k, temperature, predictions, accuracy} of reference.cases) {
    const result = await flat(() => knn(train, testing, {k, temperature}));
    assert.deepEqual([...result.predictions], predictions, `k = ${k}, τ = ${temperature}`);
    assert.equal(result.accuracy, accuracy);
    assert.equal(result.protocol, `${k}-NN, cosine, τ = ${temperature}`);
  }
});

test('training images find themselves; a very small τ leaves the nearest alone to vote', async () => {
  assert.equal((await knn(train, train, {k: 1})).accuracy, 1);
  const nearest = await knn(train, testing, {k: 1});
  assert.deepEqual((await knn(train, testing, {k: 20, temperature: 1e-6})).predictions, nearest.predictions);
});

test('what cannot be classified is refused in one line', async () => {
  const {features, labels} = train;
  await assert.rejects(
    knn(train, testing, {k: 301}),
    /^RangeError: knn: expected k from 1 to 300, the number of training images, got 301/,
  );
  await assert.rejects(knn(train, testing, {temperature: 0}), /^RangeError: knn: expected temperature > 0, got 0/);
  await assert.rejects(
    knn({features: tf.zeros([0, 16]), labels: new Int32Array()}, testing),
    /^RangeError: knn: expected at least one training image, got none/,
  );
  await assert.rejects(
    knn(train, {features: tf.ones([2, 15]), labels: new Int32Array(2)}),
    /^RangeError: knn: expected test features of width 16, as in training, got 15/,
  );
  await assert.rejects(
    knn({features, labels: labels.subarray(1)}, testing),
    /^RangeError: knn: expected a label for each of 300 training images, got 299/,
  );
  await assert.rejects(
    knn({features, labels: labels.map(label => label || -1)}, testing),
    /^RangeError: knn: expected labels from 0, got -1 for training image 0: leave out/,
  );
  await assert.rejects(
    knn({features, labels: labels.map(label => (label === 3 ? 4 : label))}, testing),
    /^RangeError: knn: expected training images of every class, got none of class 3, which test images have/,
  );
  await assert.rejects(
    knn({features: features.div(tf.zeros([300, 1])) as tf.Tensor2D, labels}, testing),
    /^RangeError: knn: expected finite training features, got NaN or Infinity: did training diverge\?/,
  );
});

test('an abort ends it with its reason and leaves nothing', async () => {
  await flat(() => assert.rejects(knn(train, testing, {signal: AbortSignal.abort(new Error('stop'))}), /^Error: stop/));
});
