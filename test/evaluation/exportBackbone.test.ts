import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {resnet} from '../../lib/backbones/resnet';
import {smallConv} from '../../lib/backbones/smallConv';
import {vit} from '../../lib/backbones/vit';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {exportBackbone} from '../../lib/evaluation/exportBackbone';
import type {Params} from '../../lib/module';
import {fromNames, leaves, map} from '../../lib/engine/params';
import {readSafetensors} from '../../lib/datasets/files/safetensors';
import {hashed} from '../reference/hashed';
import reference from '../reference/exportBackbone.json';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'export-'));
after(() => fs.rmSync(folder, {recursive: true}));

const statisticsOf = (params: Params, value: (name: string, shape: number[]) => tf.Tensor) =>
  fromNames(
    leaves(params)
      .filter(([, {rank}]) => rank === 1)
      .map(([name, {shape}]) => {
        const own = name.replace(/weight$/, 'running_var').replace(/bias$/, 'running_mean');
        return [own, value(own, shape)];
      }),
  );

test('a ResNet-18 is written byte for byte as torch and safetensors write it', async () => {
  const file = path.join(folder, 'resnet18');
  const params = tf.tidy(() =>
    map(resnet({depth: 18, stem: 'cifar'}).init(key(0)), ({shape}, name) => {
      const [h, w, inputs, outputs] = shape as [number, number, number, number];
      return shape.length === 4
        ? tf.transpose(tf.tensor(hashed(name, [outputs, inputs, h, w]), [outputs, inputs, h, w]), [2, 3, 1, 0])
        : tf.tensor(hashed(name, shape), shape);
    }),
  );
  const before = tf.memory().numTensors;
  const statistics = statisticsOf(params, (name, shape) => tf.tensor(hashed(name, shape), shape));
  await exportBackbone(file, {params, statistics});
  assert.equal(tf.memory().numTensors, before + leaves(statistics).length);
  const bytes = fs.readFileSync(file);
  assert.equal(bytes.length, reference.bytes);
  assert.equal(createHash('sha256').update(bytes).digest('hex'), reference.sha256);
});

test('what was written reads back, with the lines given', async () => {
  const file = path.join(folder, 'small');
  const params = smallConv({width: 16}).init(key(1));
  await exportBackbone(file, {
    params,
    statistics: statisticsOf(params, (_, shape) => tf.ones(shape)),
    metadata: {method: 'simclr'},
  });
  const {tensors, metadata} = await readSafetensors(file);
  assert.deepEqual(metadata, {format: 'pt', method: 'simclr'});
  assert.deepEqual(tensors.get('conv1.weight')!.shape, [4, 3, 3, 3]);
  assert.deepEqual(
    tensors.get('conv1.weight')!.transpose([2, 3, 1, 0]).dataSync(),
    (params.conv1 as {weight: tf.Tensor}).weight.dataSync(),
  );
  assert.equal(tensors.get('bn4.num_batches_tracked')!.dataSync()[0], 0);
});

test("a transformer has no statistics; its patch embedding is written in torch's layout", async () => {
  const file = path.join(folder, 'vit');
  await exportBackbone(file, {params: vit({size: 'nano', patch: 4, image: 8}).init(key(1)), statistics: {}});
  const {tensors} = await readSafetensors(file);
  assert.deepEqual(tensors.get('patch_embed.proj.weight')!.shape, [128, 3, 4, 4]);
  assert.deepEqual(tensors.get('blocks.3.norm2.bias')!.shape, [128]);
  assert.deepEqual(tensors.get('pos_embed')!.shape, [1, 5, 128]);
});

test('missing statistics, and those of another encoder, are refused', async () => {
  const file = path.join(folder, 'none');
  const params = smallConv({width: 16}).init(key(1));
  const statistics = statisticsOf(params, (_, shape) => tf.ones(shape));
  await assert.rejects(
    exportBackbone(file, {params, statistics: {}}),
    /^RangeError: exportBackbone: expected running_mean and running_var of bn1, got none: measure them/,
  );
  await assert.rejects(
    exportBackbone(file, {params, statistics: {...statistics, bn9: statistics.bn1!}}),
    /^RangeError: exportBackbone: expected bn9\.weight beside the statistics of bn9, got none/,
  );
  assert.ok(!fs.existsSync(file));
});
