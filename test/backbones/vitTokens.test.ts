// slow: computes for long

import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {vit, type VitOptions, type VitTokens} from '../../lib/backbones/vit';
import {compile} from '../../lib/engine/compile';
import {valueAndGradients} from '../../lib/engine/gradients';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {Params} from '../../lib/module';
import {count, dispose, leaves, map} from '../../lib/engine/params';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/vitOptions.json';
import {filled} from '../reference/vitWeights';
import {sameStep} from './sameStep';

const imagesOf = (side: number, n: number) => tf.tensor4d(hashed('images', [n, side, side, 3]), [n, side, side, 3]);
const hashedParams = (params: Params) => tf.tidy(() => map(params, ({shape}, name) => filled(name, shape)));

/** At most n values, evenly spaced, as in test/reference/vitOptions.py. */
const some = (x: tf.Tensor, n: number) => x.dataSync().filter((_, i) => i % Math.ceil(x.size / n) === 0);

type Expected = {embedding: number[]; patches: number[]; prefix?: number[]; layers: number[][]};

function asTimm(y: VitTokens, {embedding, patches, prefix, layers}: Expected): void {
  close(y.embedding.dataSync(), embedding, 1e-4);
  close(some(y.patches, 96), patches, 1e-4);
  assert.equal(y.prefix === undefined, prefix === undefined);
  if (prefix) close(some(y.prefix!, 96), prefix, 1e-4);
  assert.equal(y.layers.length, layers.length);
  y.layers.forEach((layer, i) => close(some(layer, 24), layers[i]!, 1e-4));
}

for (const [name, {options, parameters, names, ...expected}] of Object.entries(reference.cases)) {
  test(`${name}: names, count, tokens of each layer and embedding as timm's`, () =>
    tf.tidy(() => {
      const f = vit(options as VitOptions);
      const started = f.init(key(0));
      assert.equal(count(started), parameters);
      assert.equal(
        createHash('sha256')
          .update(
            leaves(started)
              .map(([leaf]) => leaf)
              .join('\n'),
          )
          .digest('hex'),
        names,
      );
      const params = hashedParams(started);
      const x = imagesOf(options.image, 2);
      const y = f.tokens(params, x, {});
      asTimm(y, expected);
      close(f.apply(params, x, {}).dataSync(), y.embedding.dataSync(), 1e-6);
      assert.deepEqual(f.grid(x), [options.image / options.patch, options.image / options.patch]);
    }));
}

const nano = {size: 'nano', patch: 4, image: 16} as const;
const places = tf.tensor2d(reference.places, undefined, 'int32'); // [3, 5]

for (const [name, options] of [
  ['token', {}],
  ['mean', {pool: 'mean'}],
  ['registers', {registers: 2}],
] as const) {
  test(`${name}: kept patches go through the blocks as timm's do alone; padding changes nothing`, () =>
    tf.tidy(() => {
      const f = vit({...nano, ...options});
      const x = imagesOf(16, 3);
      const params = hashedParams(f.init(key(0)));
      const y = f.tokens(params, x, {}, {kept: places});
      asTimm(y, reference.kept[name]);
      const padding = tf.tensor2d(
        [
          [3, 3, 1],
          [0, 15, 0],
          [9, 9, 9],
        ],
        undefined,
        'int32',
      );
      const padded = f.tokens(
        params,
        x,
        {},
        {kept: tf.concat2d([places, padding], 1), valid: tf.concat2d([tf.ones([3, 5]), tf.zeros([3, 3])], 1)},
      );
      close(padded.embedding.dataSync(), y.embedding.dataSync(), 2e-5);
      close(padded.patches.slice([0, 0, 0], [-1, 5, -1]).dataSync(), y.patches.dataSync(), 2e-5);
      assert.equal(padded.attention.slice([0, 0, 0, y.attention.shape[3]]).max().dataSync()[0], 0);
      const all = f.tokens(
        params,
        x,
        {},
        {kept: tf.range(0, 16, 1, 'int32').expandDims(0).tile([3, 1]) as tf.Tensor2D},
      );
      close(all.embedding.dataSync(), f.apply(params, x, {}).dataSync(), 1e-5);
    }));
}

test('a masked patch is the mask token at its place, as when put there in timm; kept and masked ones, too', () =>
  tf.tidy(() => {
    const f = vit(nano);
    const x = imagesOf(16, 3);
    const params = hashedParams(f.init(key(0)));
    const masked = tf.tensor2d(reference.masking.masked, [3, 16], 'float32');
    const maskToken = tf.tensor(hashed('mask_token', [1, 1, 128]), [1, 1, 128]);
    asTimm(f.tokens(params, x, {}, {masked, maskToken}), reference.masking);
    // what is masked cannot be seen
    const noise = tf.randomNormal([3, 16, 16, 3], 0, 1, 'float32', 1) as tf.Tensor4D;
    const pixels = masked.reshape([3, 4, 1, 4, 1, 1]).tile([1, 1, 4, 1, 4, 1]).reshape([3, 16, 16, 1]);
    const hidden = f.tokens(params, x.add(noise.mul(pixels)), {}, {masked, maskToken}).embedding;
    close(hidden.dataSync(), reference.masking.embedding, 1e-4);
    const few = f.tokens(params, x, {}, {kept: places, masked, maskToken});
    const {patches} = f.tokens(params, x, {}, {kept: places});
    const changed = few.patches.sub(patches).abs().max(2).greater(0.1).cast('float32');
    assert.ok(
      tf.gather(masked, places, 1, 1).sub(changed).max().dataSync()[0]! <= 0,
      'masked and kept patches changed',
    );
    assert.throws(
      () => f.tokens(params, x, {}, {masked}),
      /^RangeError: vit: expected masked and maskToken together, got masked alone/,
    );
  }));

test('tokens leaves nothing but what it returns; rows of attention sum to 1', async () => {
  const f = vit({...nano, registers: 3, layerScale: 0.1, stochasticDepth: 0.5});
  const params = f.init(key(0));
  const k = key(1);
  const x = imagesOf(16, 2);
  const kept = places.slice(0, 2);
  // 4 layers, patches, prefix, embedding, attention
  const y = await flat(() => f.tokens(params, x, {key: k}, {kept}), 8);
  assert.deepEqual(
    [y.patches.shape, y.prefix!.shape, y.layers[3]!.shape, y.attention.shape],
    [
      [2, 5, 128],
      [2, 4, 128],
      [2, 9, 128],
      [2, 2, 9, 9],
    ],
  );
  close(y.attention.sum(3).dataSync(), Array(2 * 2 * 9).fill(1), 1e-6);
  tf.dispose([params, k, x, kept, y]);
});

test('maps of attention leave registers out, and are those of tokens', () =>
  tf.tidy(() => {
    const f = vit({...nano, registers: 2});
    const x = imagesOf(16, 2);
    const params = hashedParams(f.init(key(0)));
    const maps = f.attentionMaps(params, x);
    assert.deepEqual(maps.shape, [2, 2, 4, 4]);
    close(maps.dataSync(), f.tokens(params, x, {}).attention.slice([0, 0, 0, 3], [-1, -1, 1, -1]).dataSync(), 0);
  }));

test('stochastic depth: off without a key, the first block always runs, the share that is skipped grows evenly', () =>
  tf.tidy(() => {
    const f = vit({...nano, pool: 'mean', stochasticDepth: 0.9});
    const x = imagesOf(16, 1).tile([400, 1, 1, 1]) as tf.Tensor4D; // one image, skipped in 400 ways
    const params = f.init(key(0));
    const plain = vit({...nano, pool: 'mean'});
    close(f.apply(params, x.slice(0, 2), {}).dataSync(), plain.apply(params, x.slice(0, 2), {}).dataSync(), 0);
    const {layers} = f.tokens(params, x, {key: key(2)});
    close(layers[0]!.slice(0, 1).dataSync(), f.tokens(params, x.slice(0, 1), {}).layers[0]!.dataSync(), 1e-5);
    for (const [i, rate] of [
      [1, 0.3],
      [2, 0.6],
      [3, 0.9],
    ] as const) {
      const still = layers[i]!.sub(layers[i - 1]!)
        .abs()
        .max([1, 2])
        .equal(0)
        .cast('float32')
        .mean()
        .dataSync()[0]!; // both branches skipped
      assert.ok(
        Math.abs(still - rate ** 2) < 4 * Math.sqrt((rate ** 2 * (1 - rate ** 2)) / 400),
        `block ${i}: ${still} of the images pass unchanged, expected ${rate ** 2}`,
      );
    }
  }));

test('a compiled step equals the eager one, with all options at once; tensors stay flat', async () => {
  // kept patches, padding, mask tokens, registers, LayerScale and stochastic depth
  const f = vit({...nano, registers: 2, layerScale: 0.1, stochasticDepth: 0.4});
  const params = f.init(key(3));
  const x = imagesOf(16, 3);
  const k = key(5);
  const masked = tf.tensor2d(reference.masking.masked, [3, 16], 'float32');
  const valid = tf.tensor2d([
    [1, 1, 1, 0, 0],
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 0],
  ]);
  const tree: Params = {backbone: params, maskToken: tf.randomNormal([1, 1, 128], 0, 1, 'float32', 1)};
  type Outputs = {loss: tf.Scalar; gradients: Params};
  const make = (eager: boolean) =>
    compile<Params, {images: tf.Tensor4D; kept: tf.Tensor2D; key: tf.Tensor1D}, Outputs>(
      (state, {images, kept, key: stepKey}) => {
        const {loss, gradients} = valueAndGradients(({backbone, maskToken}) => {
          const y = f.tokens(
            backbone as Params,
            images,
            {key: stepKey},
            {kept, valid, masked, maskToken: maskToken as tf.Tensor},
          );
          return {
            loss: y.embedding
              .mul(tf.range(0, 128))
              .mean()
              .add(y.patches.square().mul(valid.expandDims(2)).mul(tf.range(0, 128)).mean())
              .add(y.layers[1]!.mean()) as tf.Scalar,
            outputs: {},
          };
        }, state);
        return {
          state: map(state, (value, name) =>
            value.sub(
              leaves(gradients)
                .find(([other]) => other === name)![1]
                .mul(1e-3),
            ),
          ),
          outputs: {loss, gradients},
        };
      },
      tree,
      {
        images: {dtype: 'float32', shape: [3, 16, 16, 3]},
        kept: {dtype: 'int32', shape: [3, 5]},
        key: {dtype: 'int32', shape: [2]},
      },
      {eager},
    );
  const [graph, eager] = [make(false), make(true)];
  const inputs = {images: x, kept: places, key: k};
  for (let step = 1; step <= 3; step++) sameStep(step, graph.run(inputs), eager.run(inputs));
  await flat(() => tf.dispose(graph.run(inputs)));
  graph.dispose();
  eager.dispose();
  dispose(tree);
  tf.dispose([x, k, masked, valid]);
});

test('sizes of the table', () => {
  const facts = (options: Pick<VitOptions, 'size' | 'patch'>) =>
    (({width, depth, heads}) => [width, depth, heads])(vit({...options, image: 224}));
  assert.deepEqual(facts({size: 'large', patch: 16}), [1024, 24, 16]);
  assert.deepEqual(facts({size: 'huge', patch: 14}), [1280, 32, 16]);
});

test('wrong options are refused', () => {
  const refused = (options: Partial<VitOptions>, message: RegExp) =>
    assert.throws(() => vit({...nano, ...options}), message);
  refused(
    {classToken: false},
    /^RangeError: vit: expected a class token for pool 'token', got classToken false: take pool 'mean'/,
  );
  refused({registers: 1.5}, /^RangeError: vit: expected registers a whole number from 0, got 1.5/);
  refused({layerScale: 0}, /^RangeError: vit: expected factors > 0 as layerScale to start with, got 0/);
  refused({stochasticDepth: 1}, /^RangeError: vit: expected stochasticDepth from 0 to below 1, got 1/);
  const f = vit(nano);
  const params = f.init(key(0));
  const x = tf.zeros<tf.Rank.R4>([3, 16, 16, 3]);
  assert.throws(
    () => f.tokens(params, x, {}, {masked: tf.zeros([3, 5]), maskToken: tf.zeros([1, 1, 128])}),
    /^RangeError: vit: expected masked \[3,16\], got \[3,5\]/,
  );
  assert.throws(
    () => f.tokens(params, x, {}, {kept: places, valid: tf.ones([3, 16])}),
    /^RangeError: vit: expected valid of the shape of kept, or one for each patch, got \[3,16\]/,
  );
  assert.throws(
    () => vit(nano).grid(tf.zeros([1, 18, 16, 3])),
    /^RangeError: vit: expected a height and a width that are multiples of the patch of 4 px, got \[1,18,16,3\]/,
  );
});
