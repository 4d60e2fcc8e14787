import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {accuracies, featureAccuracies} from '../../lib/evaluation/accuracies';
import {knn} from '../../lib/evaluation/knn';
import {linearProbe} from '../../lib/evaluation/linearProbe';
import {rawPixels} from '../../lib/evaluation/rawPixels';
import {flat} from '../flat';
import {classes} from '../reference/classes';
import {squares} from './squares';

const sets = {
  train: classes('train', 100, 16, 10),
  validation: classes('validation', 50, 16, 10),
  test: classes('test', 100, 16, 10),
};
const options = {k: 5, temperature: 0.1, strengths: [0.1, 0.01]};

test('k-NN and linear probe of embedding and projection in one call, under one protocol', async () => {
  const split = (set: keyof typeof sets) => ({
    embedding: sets[set].features,
    projection: tf.tidy(() => sets[set].features.slice([0, 0], [-1, 3])),
    labels: sets[set].labels,
  });
  const result = await flat(
    () => accuracies({train: split('train'), validation: split('validation'), test: split('test')}, options),
    3,
  );
  const near = await knn(sets.train, sets.test, options);
  const linear = await linearProbe(sets.train, sets.validation, sets.test, options);
  assert.equal(result.accuracies.knn, near.accuracy);
  assert.equal(result.accuracies.linear, linear.accuracy);
  assert.deepEqual(result.embedding.predictions, {knn: near.predictions, linear: linear.predictions});
  assert.equal(result.validationKnn, (await knn(sets.train, sets.validation, options)).accuracy);
  assert.ok(
    result.accuracies.knnProjection < result.accuracies.knn &&
      result.accuracies.linearProjection < result.accuracies.linear,
  );
  assert.equal(
    result.protocol,
    '5-NN, cosine, τ = 0.1; linear: softmax regression on standardized features, ' +
      'L2 strength of 0.1 to 0.01 by validation accuracy; 100 training, 50 validation, 100 test images',
  );
});

test('pixels tell where a bright bar lies', async () => {
  const data = squares();
  const set = async (indices: Int32Array) => ({
    features: await rawPixels(data, indices),
    labels: indices.map(i => data.labels[i]!),
  });
  const {train, validation, test: testing} = data.splits;
  const {knn: nearest, linear} = await featureAccuracies(
    {train: await set(train), validation: await set(validation), test: await set(testing)},
    {k: 5},
  );
  assert.deepEqual([nearest, linear], [1, 1]);
});

test('without projections it says what to call instead', async () => {
  const split = (set: keyof typeof sets) => ({embedding: sets[set].features, labels: sets[set].labels});
  await assert.rejects(
    accuracies({train: split('train'), validation: split('validation'), test: split('test')}),
    /^RangeError: accuracies: expected projections of all splits, got none: embeddingAccuracies measures an encoder without a projector/,
  );
});
