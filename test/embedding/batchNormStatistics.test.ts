import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {LoadedDataset} from '../../lib/datasets/dataset';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {smallConv} from '../../lib/backbones/smallConv';
import {batchNorm} from '../../lib/layers/batchNorm';
import {globalAveragePool} from '../../lib/layers/pooling';
import {leaves} from '../../lib/engine/params';
import {batchNormStatistics} from '../../lib/embedding/batchNormStatistics';
import {close} from '../close';
import {hashed} from '../reference/hashed';

const n = 40;
const dataset = {
  name: 'noise',
  shape: [n, 8, 8, 3],
  images: Uint8Array.from(hashed('images', [n, 8, 8, 3]), v => Math.round((v + 1) * 127)),
  mean: [0.3, 0.4, 0.5],
  standardDeviation: [0.2, 0.1, 0.3],
  splits: {pretrain: Int32Array.from({length: n}, (_, i) => i)},
} as unknown as LoadedDataset;

test('of one BatchNorm on the images: mean and variance over all pixels, in batches or at once', async () => {
  const first = batchNorm(3);
  const params = first.init(key(0));
  const apply = (images: tf.Tensor4D, mode: Parameters<typeof first.apply>[2]) => ({
    embedding: globalAveragePool(first.apply(params, images, mode)),
  });
  const all = tf
    .tensor4d(
      Float32Array.from(dataset.images, v => v / 255),
      [n, 8, 8, 3],
    )
    .sub(tf.tensor1d([...dataset.mean]))
    .div(tf.tensor1d([...dataset.standardDeviation]));
  const {mean, variance} = tf.moments(all, [0, 1, 2]);
  for (const batch of [10, 256]) {
    const {running_mean, running_var} = (await batchNormStatistics(apply, dataset, {batch})) as Record<
      string,
      tf.Tensor
    >;
    close(running_mean!.dataSync(), mean.dataSync(), 1e-5);
    close(running_var!.dataSync(), variance.dataSync(), 1e-5);
  }
});

test('the tree fits the model; evaluated with the statistics of one batch, that batch is repeated', async () => {
  // tensors stay flat
  const f = smallConv({width: 16});
  const params = f.init(key(1));
  const apply = (images: tf.Tensor4D, mode: Parameters<typeof f.apply>[2]) => ({
    embedding: f.apply(params, images, mode),
  });
  const before = tf.memory().numTensors;
  const statistics = await batchNormStatistics(apply, dataset);
  assert.equal(tf.memory().numTensors, before + leaves(statistics).length);
  assert.deepEqual(
    leaves(statistics).map(([name, {shape}]) => `${name} ${shape}`),
    leaves(params)
      .filter(([name]) => name.startsWith('bn'))
      .map(([name, {shape}]) => `${name.replace('bias', 'running_mean').replace('weight', 'running_var')} ${shape}`),
  );
  const images = tf
    .tensor4d(
      Float32Array.from(dataset.images, v => v / 255),
      [n, 8, 8, 3],
    )
    .sub(tf.tensor1d([...dataset.mean]))
    .div(tf.tensor1d([...dataset.standardDeviation])) as tf.Tensor4D;
  close(f.apply(params, images, {statistics}).dataSync(), f.apply(params, images, {}).dataSync(), 2e-5);
  // an image's embedding no longer depends on the others
  const one = images.slice([3], [1]) as tf.Tensor4D;
  close(
    f.apply(params, one, {statistics}).dataSync(),
    f.apply(params, images, {statistics}).slice([3], [1]).dataSync(),
    1e-5,
  );
});

test('takes evenly spaced images in whole batches', async () => {
  const seen: number[] = [];
  const apply = (images: tf.Tensor4D) => {
    seen.push(images.shape[0]);
    return {embedding: images.slice([0, 0, 0, 0], [-1, 1, 1, 3]).reshape([-1, 3]) as tf.Tensor2D};
  };
  assert.deepEqual(await batchNormStatistics(apply, dataset, {images: 35, batch: 10}), {});
  assert.deepEqual(seen, [10, 10, 10]);
});

test('an abort is heard between batches; fewer than two images are refused', async () => {
  const controller = new AbortController();
  const apply = (images: tf.Tensor4D) => {
    controller.abort(new Error('enough'));
    return {embedding: images.reshape([images.shape[0], -1]) as tf.Tensor2D};
  };
  await assert.rejects(batchNormStatistics(apply, dataset, {batch: 8, signal: controller.signal}), /enough/);
  await assert.rejects(
    batchNormStatistics(apply, dataset, {indices: Int32Array.of(1)}),
    /^RangeError: batchNormStatistics: expected at least 2 images of noise, got 1/,
  );
});
