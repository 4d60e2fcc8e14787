import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {transformerBlock} from '../../lib/layers/transformerBlock';
import type {Params} from '../../lib/module';
import {leaves, map} from '../../lib/engine/params';
import {close} from '../close';
import {flat} from '../flat';
import {filled} from '../reference/vitWeights';

const x = normal(key(0), [3, 5, 8]);
const paramsOf = (module: {init(k: tf.Tensor1D): Params}) =>
  tf.tidy(() => map(module.init(key(0)), ({shape}, name) => filled(name, shape)));

test("names as timm's; apply gives the tokens of attend; nothing else is left", async () => {
  const block = transformerBlock(8, {heads: 2, scale: 0.1});
  const params = paramsOf(block);
  assert.deepEqual(
    leaves(params).map(([name]) => name),
    [
      'attn.proj.bias',
      'attn.proj.weight',
      'attn.qkv.bias',
      'attn.qkv.weight',
      'ls1.gamma',
      'ls2.gamma',
      'mlp.fc1.bias',
      'mlp.fc1.weight',
      'mlp.fc2.bias',
      'mlp.fc2.weight',
      'norm1.bias',
      'norm1.weight',
      'norm2.bias',
      'norm2.weight',
    ],
  );
  const {tokens, weights} = await flat(() => block.attend(params, x, {}), 2);
  assert.deepEqual(weights.shape, [3, 2, 5, 5]);
  close((await flat(() => block.apply(params, x, {}), 1)).dataSync(), tokens.dataSync(), 0);
});

test('a token that only fills up the row changes no other', () =>
  tf.tidy(() => {
    const block = transformerBlock(8, {heads: 2});
    const params = paramsOf(block);
    const valid = tf.tensor2d([
      [1, 1, 1, 1, 0],
      [1, 1, 0, 0, 0],
      [1, 1, 1, 1, 1],
    ]);
    const {tokens} = block.attend(params, x, {}, valid);
    [4, 2, 5].forEach((l, i) =>
      close(
        tokens.slice([i, 0, 0], [1, l, 8]).dataSync(),
        block.apply(params, x.slice([i, 0, 0], [1, l, 8]), {}).dataSync(),
        1e-5,
      ),
    );
  }));

test('stochastic depth skips the branches one by one, with a key only', () =>
  tf.tidy(() => {
    const skip = 0.25;
    const block = transformerBlock(8, {heads: 2, scale: 1, skip});
    const params = paramsOf(block);
    const one = x.slice(0, 1);
    const many = one.tile([2000, 1, 1]) as tf.Tensor3D;
    const gain = 1 / (1 - skip);
    /** One image with each branch scaled by a factor. */
    const scaled = (first: number, second: number) => {
      const of = (ls: string, by: number) => ({[ls]: {gamma: ((params[ls] as Params).gamma as tf.Tensor).mul(by)}});
      return block.apply({...params, ...of('ls1', first), ...of('ls2', second)}, one, {});
    };
    const y = block.apply(params, many, {key: key(7)});
    const shares = [
      [0, 0],
      [gain, 0],
      [0, gain],
      [gain, gain],
    ].map(
      ([first, second]) =>
        y.sub(scaled(first!, second!)).abs().max([1, 2]).less(1e-4).cast('float32').mean().dataSync()[0]!,
    );
    assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-6, `each image is one of the four: ${shares}`);
    const expected = [skip ** 2, skip * (1 - skip), skip * (1 - skip), (1 - skip) ** 2];
    shares.forEach((share, i) =>
      assert.ok(
        Math.abs(share - expected[i]!) < 4 * Math.sqrt((expected[i]! * (1 - expected[i]!)) / 2000),
        `${shares}, expected ${expected}`,
      ),
    );
    close(block.apply(params, one, {}).dataSync(), scaled(1, 1).dataSync(), 0);
  }));
