import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {accuracies} from '../../lib/evaluation/accuracies';
import type {Encoder} from '../../lib/embedding/embed';
import {embedSplits, evaluateEmbedding, evaluateEncoder} from '../../lib/evaluation/evaluateEncoder';
import {flat} from '../flat';
import {tinyDataset} from '../study/tinyDataset';

const dataset = tinyDataset();
const color: Encoder = images => ({embedding: images.mean<tf.Tensor2D>([1, 2])});
const projected: Encoder = images => ({
  embedding: images.mean<tf.Tensor2D>([1, 2]),
  projection: images.mean([1, 2, 3]).expandDims<tf.Tensor2D>(1),
});

test('without a projector the embedding is measured; with one, the same is said of the embedding', async () => {
  const alone = await flat(() => evaluateEmbedding(color, dataset));
  // a class is a color
  assert.deepEqual([alone.knn, alone.linear, alone.predictions.knn.length], [1, 1, 40]);
  const both = await flat(() => evaluateEncoder(projected, dataset));
  assert.deepEqual(both.embedding, alone);
  assert.ok(both.projection.knn < 1); // its brightness is not
  const splits = await embedSplits(projected, dataset);
  assert.deepEqual(both, await accuracies(splits));
  tf.dispose(Object.values(splits).flatMap(({embedding, projection}) => [embedding, projection!]));
});

test('a projection that is missing is refused, and nothing is left', async () => {
  await flat(() =>
    assert.rejects(
      evaluateEncoder(color, dataset),
      /^RangeError: accuracies: expected projections of all splits, got none: embeddingAccuracies measures an encoder without a projector/,
    ),
  );
});
