// slow: computes for long

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import sharp from 'sharp';
import {smallConv} from '../../../lib/backbones/smallConv';
import {imagesAt, type Dataset, type ReadImages} from '../../../lib/datasets/dataset';
import {imageFolder} from '../../../lib/datasets/imageFolder';
import {imageSource} from '../../../lib/views/sources/imageSource';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {embed} from '../../../lib/embedding/embed';
import {simclr} from '../../../lib/methods/contrastive/simclr';
import type {Method, Source} from '../../../lib/module';
import {adamW} from '../../../lib/training/adamW';
import {encoderOf} from '../../../lib/embedding/encoderOf';
import type {TrainingEvent} from '../../../lib/training/event';
import {constant} from '../../../lib/schedules';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import {simclrCifarViews} from '../../../lib/views/recipes/simclrCifar';
import {twoViews} from '../../../lib/views/sources/twoViews';
import {hashed} from '../../reference/hashed';
import {tinyDataset} from '../../study/tinyDataset';

let folder: string;

/** 60 images of various sizes in two classes. */
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'photos-'));
  for (let i = 0; i < 60; i++) {
    const file = path.join(folder, i % 2 ? 'odd' : 'even', `${i}.jpg`);
    const [width, height] = [20 + (i % 7), 19 + (i % 5)];
    const pixels = Uint8Array.from(
      hashed(`photo ${i}`, [height, width, 3], 60),
      (value, at) => 128 + value + (at % 3 === i % 2 ? 60 : 0),
    );
    fs.mkdirSync(path.dirname(file), {recursive: true});
    fs.writeFileSync(
      file,
      await sharp(pixels, {raw: {width, height, channels: 3}})
        .jpeg()
        .toBuffer(),
    );
  }
});
after(() => fs.rmSync(folder, {recursive: true}));

const photos = (stream: boolean) => imageFolder(folder, {size: 16, stream, log() {}});

/** As `dataset`, with images that are read by `read` and not in memory. */
const readBy = (dataset: Dataset, read: ReadImages): Dataset => ({...dataset, images: read});

/** Learns next to nothing, quickly: what a batch costs is reading it. */
const brightness: Method<tf.Tensor4D, {weight: tf.Scalar}> = {
  init: () => ({weight: tf.scalar(1)}),
  loss: ({weight}, images) => ({loss: images.mean().mul(weight).square() as tf.Scalar, outputs: {}}),
  embed: (_params, _state, images) => ({embedding: images.reshape([images.shape[0], -1])}),
};
const brightnessOf = (source: Source<tf.Tensor4D>, epochs: number) => ({
  method: brightness,
  source,
  optimizer: adamW(),
  schedule: constant(1e-3),
  epochs,
  batch: 16,
  seed: 4,
});

/** A training of views, and what its encoder makes of the test split. */
async function trained(
  dataset: Dataset,
  deviceBytes?: number,
): Promise<{held: boolean; losses: number[]; embedding: Float32Array}> {
  const source = twoViews({
    dataset,
    deviceBytes,
    recipe: simclrCifarViews({size: 16, mean: dataset.mean, standardDeviation: dataset.standardDeviation}),
  });
  const task = {
    method: simclr({backbone: smallConv({width: 16}), projector: [16]}),
    source,
    optimizer: adamW(),
    schedule: constant(1e-3),
    epochs: 3,
    batch: 12,
    seed: 1,
  };
  const training = openTraining(task);
  const losses = [];
  for await (const {loss} of train(task, training)) losses.push(loss);
  const {encoder, dispose} = await encoderOf(task.method, training, dataset);
  const {embedding} = await embed(encoder, dataset, dataset.splits.test);
  for (const {dispose: free} of [{dispose}, training, source]) free();
  return {held: source.holds !== undefined, losses, embedding: embedding.dataSync<'float32'>()};
}

test('held on the device, fed from memory or decoded ahead: the same losses and the same embeddings', async () => {
  const [loaded, stored] = [await photos(false), await photos(true)];
  const held = await trained(loaded);
  const fed = await trained(loaded, 0);
  const decoded = await trained(stored);
  assert.deepEqual([held.held, fed.held, decoded.held], [true, false, false]);
  assert.equal(held.losses.length, 12);
  for (const {losses, embedding} of [fed, decoded])
    assert.deepEqual([losses, embedding], [held.losses, held.embedding]);
});

test('a split is held up to the budget, on a CPU a quarter of the free memory, and fed above it', t => {
  const dataset = tinyDataset(8);
  const bytes = 160 * 8 * 8 * 3;
  const way = (deviceBytes?: number) => {
    const {holds, host, dispose} = imageSource({dataset, deviceBytes});
    dispose();
    return `${holds ? 'held' : ''}${host ? 'fed' : ''}`;
  };
  assert.deepEqual([way(bytes), way(bytes - 1)], ['held', 'fed']);
  const memory = t.mock.method(process, 'availableMemory', () => 4 * bytes);
  assert.equal(way(), 'held');
  memory.mock.mockImplementation(() => 4 * bytes - 4);
  assert.equal(way(), 'fed');
  assert.throws(
    () => imageSource({dataset, deviceBytes: -1}),
    /^RangeError: imageSource: expected deviceBytes from 0, got -1/,
  );
});

test('a fed batch is the bytes of its images, which the step gets as shares of 255', async () => {
  const dataset = tinyDataset(4);
  const source = imageSource({dataset, split: 'test', deviceBytes: 0});
  const inputs = await source.host!.draw(Int32Array.of(3, 0), 0);
  const images = source.batch(tf.tensor1d([3, 0], 'int32'), key(0), inputs);
  const expected = await imagesAt(dataset, Int32Array.of(163, 160));
  assert.deepEqual(images.shape, [2, 4, 4, 3]);
  assert.deepEqual(
    images.dataSync(),
    Float32Array.from(expected, byte => Math.fround(byte) / 255),
  );
});

test('images that are read: at most three batches are under way', async () => {
  const dataset = tinyDataset(4);
  let [most, underWay] = [0, 0];
  const read: ReadImages = async indices => {
    most = Math.max(most, ++underWay);
    await new Promise(resolve => setTimeout(resolve, 5));
    underWay--;
    return imagesAt(dataset, indices);
  };
  const task = brightnessOf(imageSource({dataset: readBy(dataset, read)}), 2);
  const training = openTraining(task);
  for await (const _ of train(task, training));
  assert.deepEqual([training.step, most], [20, 3]);
  training.dispose();
});

test('a file gone or damaged since the folder was loaded is named, with the remedy; nothing is left', async () => {
  const stored = await photos(true);
  const file = path.join(folder, stored.files[stored.splits.pretrain[7]!]!);
  const bytes = fs.readFileSync(file);
  const tensorsBefore = tf.memory().numTensors;
  for (const [damage, reason] of [
    [() => fs.truncateSync(file, bytes.length - 30), 'cannot be read: '],
    [() => fs.rmSync(file), 'no such file'],
  ] as const) {
    damage();
    const task = brightnessOf(imageSource({dataset: stored}), 3);
    const training = openTraining(task);
    await assert.rejects(
      async () => {
        for await (const _ of train(task, training));
      },
      ({name, message}: Error) => {
        const [line] = message.split('\n') as [string];
        return (
          name === 'RangeError' &&
          line.startsWith(`imageFolder: expected ${file} to be as it was when the folder was loaded, got `) &&
          line.includes(reason) &&
          line.endsWith('put it back, or load the folder again')
        );
      },
    );
    training.dispose();
    assert.equal(tf.memory().numTensors, tensorsBefore);
    fs.writeFileSync(file, bytes);
  }
});

test('an abort is heard while a batch is waited for; the reading is told, and nothing is left', async () => {
  const dataset = tinyDataset(4);
  const told: boolean[] = [];
  const never: ReadImages = (_indices, {signal} = {}) =>
    new Promise((_, reject) =>
      signal!.addEventListener('abort', () => {
        told.push(true);
        reject(signal!.reason);
      }),
    );
  const tensorsBefore = tf.memory().numTensors;
  const task = brightnessOf(imageSource({dataset: readBy(dataset, never)}), 1);
  const training = openTraining(task);
  const abort = new AbortController();
  const waiting = train(task, training, {signal: abort.signal}).next();
  setTimeout(() => abort.abort(new Error('stop here')), 10);
  await assert.rejects(waiting, /stop here/);
  assert.equal(told.length, 3);
  assert.equal(training.step, 0);
  training.dispose();
  assert.equal(tf.memory().numTensors, tensorsBefore);
});

test('memory is flat over 300 fed batches of 0.4 MB', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const dataset = tinyDataset(96);
  const task = brightnessOf(imageSource({dataset, deviceBytes: 0}), 30);
  const training = openTraining(task);
  const [tensors, resident]: [Set<number>, number[]] = [new Set(), []];
  for await (const {step} of train(task, training) as AsyncGenerator<TrainingEvent>) {
    if (step % 100 !== 0) continue;
    tensors.add(tf.memory().numTensors);
    collectGarbage();
    resident.push(process.memoryUsage().rss / 2 ** 20);
  }
  training.dispose();
  assert.equal(tensors.size, 2, `${[...tensors]}`); // at the last step nothing is drawn ahead
  assert.ok(resident[2]! - resident[0]! < 40, `MB after each 100 batches: ${resident.map(Math.round)}`);
});
