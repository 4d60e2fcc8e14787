import assert from 'node:assert/strict';
import {test} from 'node:test';
import {vit} from '../../lib/backbones/vit';
import {imagesAt} from '../../lib/datasets/dataset';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {featureAccuracies} from '../../lib/evaluation/accuracies';
import {batches} from '../../lib/embedding/batches';
import {layerFeatures, type LayerTokens} from '../../lib/evaluation/layerFeatures';
import {normalize} from '../../lib/views/normalize';
import {close} from '../close';
import {flat} from '../flat';
import {squares} from './squares';

const dataset = squares();
const params = {factor: tf.scalar(3)};

/**
 * Nine patches of 2 × 2 pixels, before them a class token and a register, through two layers that
 * scale.
 */
function tokensOf(images: tf.Tensor4D, factor: tf.Scalar, prefix: boolean): LayerTokens {
  const [n] = images.shape;
  const patches = images.reshape([n, 3, 2, 3, 2, 2]).transpose([0, 1, 3, 2, 4, 5]).reshape<tf.Tensor3D>([n, 9, 8]);
  const own = tf.stack([patches.max(1), patches.min(1)], 1) as tf.Tensor3D; // [n, 2, 8]
  const all = prefix ? tf.concat([own, patches], 1) : patches;
  return {layers: [all, all.mul(factor)], patches: patches.square(), ...(prefix && {prefix: own.square()})};
}
const transformer = (prefix = true) => ({
  classToken: prefix,
  tokens: (weights: {factor?: unknown}, images: tf.Tensor4D) =>
    tf.tidy(() => tokensOf(images, weights.factor as tf.Scalar, prefix)),
});
const features = (rows: Awaited<ReturnType<typeof layerFeatures>>) =>
  rows.flatMap(({train, validation, test: testing}) => [train.features, validation.features, testing.features]);

test('each layer by class token and by mean of patches, of each split, whatever the batch', async () => {
  const rows = await flat(() => layerFeatures(transformer(), params, dataset, {batch: 7}), 18);
  assert.deepEqual(
    rows.map(({layer, pooling}) => `${layer} ${pooling}`),
    ['1 token', '1 mean', '2 token', '2 mean', 'norm token', 'norm mean'],
  );
  for (const split of ['train', 'validation', 'test'] as const) {
    const indices = dataset.splits[split];
    const pixels = tf
      .tensor(await imagesAt(dataset, indices), [indices.length, 6, 6, 2], 'float32')
      .div(255) as tf.Tensor4D;
    const {layers, prefix, patches} = tokensOf(normalize(dataset)(pixels), params.factor, true);
    const token = (x: tf.Tensor3D) => x.slice([0, 0, 0], [-1, 1, -1]);
    const mean = (x: tf.Tensor3D) => x.slice([0, 2, 0]).mean(1);
    const expected = [
      token(layers[0]!),
      mean(layers[0]!),
      token(layers[1]!),
      mean(layers[1]!),
      token(prefix!),
      patches.mean(1),
    ];
    rows.forEach((row, i) => {
      assert.deepEqual(row[split].features.shape, [indices.length, 8]);
      close(row[split].features.dataSync(), expected[i]!.dataSync(), 1e-5);
      assert.deepEqual(
        [...row[split].labels],
        [...indices].map(index => dataset.labels[index]),
      );
    });
  }
  tf.dispose(features(rows));
});

test('goes into k-NN and probe as it is', async () => {
  // each channel is kept in one of the rows alone, of which one is bright
  const rowOf = (patch: number) => Math.floor(patch / 3);
  const kept = tf.tensor2d(
    Array.from(Array(9).keys(), patch => Array.from({length: 8}, (_, channel) => Number(rowOf(patch) === channel % 3))),
  );
  const rowwise = {
    classToken: false,
    tokens: (_: {factor?: unknown}, images: tf.Tensor4D) =>
      tf.tidy(() => {
        const {patches, ...rest} = tokensOf(images, params.factor, false);
        return {...rest, patches: patches.mul<tf.Tensor3D>(kept)};
      }),
  };
  const [row] = await layerFeatures(rowwise, params, dataset, {layers: ['norm'], poolings: ['mean']});
  const {knn, linear} = await featureAccuracies(row!, {k: 5});
  assert.ok(knn > 0.9 && linear > 0.9, `${knn} and ${linear}`);
  tf.dispose(features([row!]));
});

test('the layers that are asked for; the mean alone where there is no class token', async () => {
  const some = await layerFeatures(transformer(), params, dataset, {layers: [2], poolings: ['token']});
  assert.deepEqual(
    some.map(({layer, pooling}) => [layer, pooling]),
    [[2, 'token']],
  );
  const plain = await layerFeatures(transformer(false), params, dataset);
  assert.deepEqual(
    plain.map(({layer, pooling}) => [layer, pooling]),
    [
      [1, 'mean'],
      [2, 'mean'],
      ['norm', 'mean'],
    ],
  );
  close(
    plain[0]!.test.features.dataSync(),
    (
      await layerFeatures(transformer(), params, dataset, {layers: [1], poolings: ['mean']})
    )[0]!.test.features.dataSync(),
    1e-6,
  );
});

test('a layer that is not there, a token that is not there, an end by signal: refused, nothing left', async () => {
  await flat(() =>
    assert.rejects(
      layerFeatures(transformer(), params, dataset, {layers: [3]}),
      /layerFeatures: expected layers from 1 to 2 or 'norm', got 3/,
    ),
  );
  await flat(() =>
    assert.rejects(
      layerFeatures(transformer(false), params, dataset, {poolings: ['token']}),
      /layerFeatures: expected a transformer with a class token, got one without: take the pooling 'mean'/,
    ),
  );
  const ended = new AbortController();
  let calls = 0;
  const ending = {
    classToken: true,
    tokens: (...given: Parameters<ReturnType<typeof transformer>['tokens']>) => {
      // recorded twice before the first run: in the second split
      if (++calls === 3) ended.abort(new Error('enough'));
      return transformer().tokens(...given);
    },
  };
  await flat(() => assert.rejects(layerFeatures(ending, params, dataset, {signal: ended.signal}), /enough/));
});

test("a ViT with registers: its embedding is the last norm's class token, and a mean is that of patches", async () => {
  const small = vit({size: 'nano', patch: 2, image: 6, channels: 2, registers: 2});
  const weights = small.init(key(4));
  const rows = await layerFeatures(small, weights, dataset, {layers: [4, 'norm'], batch: 10});
  assert.deepEqual(
    rows.map(({layer, pooling}) => `${layer} ${pooling}`),
    ['4 token', '4 mean', 'norm token', 'norm mean'],
  );
  const {embedding, mean} = await batches(
    images => {
      const {layers} = small.tokens(weights, normalize(dataset)(images), {});
      return {
        embedding: small.apply(weights, normalize(dataset)(images), {}),
        mean: layers[3]!.slice([0, 3, 0]).mean(1),
      };
    },
    dataset,
    dataset.splits.test,
  );
  close(rows[2]!.test.features.dataSync(), embedding.dataSync(), 1e-4);
  close(rows[1]!.test.features.dataSync(), mean.dataSync(), 1e-4);
});
