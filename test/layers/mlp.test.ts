import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {normalOf} from '../../lib/layers/initial';
import {linear} from '../../lib/layers/linear';
import {mlp} from '../../lib/layers/mlp';
import type {Params} from '../../lib/module';
import {count, leaves} from '../../lib/engine/params';
import {close} from '../close';

const names = (params: Params) => leaves(params).map(([name, tensor]) => `${name} [${tensor.shape}]`);

test('names and shapes: no bias before a BatchNorm', () => {
  assert.deepEqual(names(mlp([8, 16, 4]).init(key(0))), [
    'bn1.bias [16]',
    'bn1.weight [16]',
    'linear1.weight [16,8]',
    'linear2.bias [4]',
    'linear2.weight [4,16]',
  ]);
  assert.deepEqual(names(mlp([8, 16, 4], {last: 'plainBatchNorm'}).init(key(0))), [
    'bn1.bias [16]',
    'bn1.weight [16]',
    'linear1.weight [16,8]',
    'linear2.weight [4,16]',
  ]);
  assert.deepEqual(names(mlp([8, 16, 4], {batchNorm: false, last: 'nothing'}).init(key(0))), [
    'linear1.bias [16]',
    'linear1.weight [16,8]',
    'linear2.weight [4,16]',
  ]);
});

test('the head of SimCLR: linear, BatchNorm, ReLU, linear', () => {
  const module = mlp([2, 3, 1]);
  const x = tf.tensor2d([
    [1, 2],
    [3, -1],
    [0, 1],
    [2, 2],
  ]);
  const params = module.init(key(1)) as {
    linear1: {weight: tf.Tensor2D};
    linear2: {weight: tf.Tensor2D; bias: tf.Tensor1D};
  };
  const h = tf.matMul(x, params.linear1.weight, false, true);
  const {mean, variance} = tf.moments(h, 0);
  const expected = tf
    .matMul(h.sub(mean).div(variance.add(1e-5).sqrt()).maximum(0), params.linear2.weight, false, true)
    .add(params.linear2.bias);
  close(module.apply(params, x, {}).dataSync(), expected.dataSync(), 1e-5);
});

test('a BatchNorm at the end centers the output; a path names each BatchNorm', () => {
  const module = mlp([4, 6, 5], {last: 'batchNorm'});
  const paths: string[] = [];
  const y = module.apply(module.init(key(2)), tf.randomNormal([32, 4]), {collect: path => paths.push(path)});
  close(y.mean(0).dataSync(), [0, 0, 0, 0, 0], 1e-5);
  assert.deepEqual(paths, ['bn1', 'bn2']);
});

test('a single width is the identity without parameters', () => {
  const module = mlp([3]);
  const params = module.init(key(0));
  assert.equal(count(params), 0);
  const x = tf.tensor2d([[1, 2, 3]]);
  const y = module.apply(params, x, {});
  x.dispose();
  assert.deepEqual([...y.dataSync()], [1, 2, 3]);
});

test('starts: torch by default, another rule with bias 0; parts differ, the same key repeats', () => {
  const {weight, bias} = linear(400, 50).init(key(3)) as {weight: tf.Tensor2D; bias: tf.Tensor1D};
  assert.ok(
    weight.abs().max().dataSync()[0]! <= 0.05 &&
      bias.abs().max().dataSync()[0]! <= 0.05 &&
      bias.abs().max().dataSync()[0]! > 0,
  );
  assert.ok(Math.abs(weight.square().mean().dataSync()[0]! / (0.05 ** 2 / 3) - 1) < 0.05);
  const small = linear(400, 50, {initial: normalOf(0.01)}).init(key(3)) as {weight: tf.Tensor2D; bias: tf.Tensor1D};
  assert.ok(Math.abs(small.weight.square().mean().sqrt().dataSync()[0]! / 0.01 - 1) < 0.05);
  assert.equal(small.bias.abs().max().dataSync()[0], 0);
  const twin = mlp([6, 6, 6]);
  const params = twin.init(key(4)) as Record<string, {weight: tf.Tensor2D}>;
  assert.notDeepEqual(params.linear1!.weight.dataSync(), params.linear2!.weight.dataSync());
  assert.deepEqual(params.linear1!.weight.dataSync(), (twin.init(key(4)) as typeof params).linear1!.weight.dataSync());
});

test('a module frees all that it made but its result', () => {
  const module = mlp([8, 16, 4]);
  const k = key(0);
  const x = tf.randomNormal<tf.Rank.R2>([8, 8]);
  const before = tf.memory().numTensors;
  const params = module.init(k);
  assert.equal(tf.memory().numTensors, before + 5);
  module.apply(params, x, {});
  assert.equal(tf.memory().numTensors, before + 6);
});
