// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key, normal} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {patches} from '../../../lib/layers/patchEmbedding';
import type {Masks} from '../../../lib/masks/masks';
import {randomMask} from '../../../lib/masks/randomMask';
import {hogTarget} from '../../../lib/methods/masked/hogTarget';
import {mae, type MaeOptions, type MaeParams} from '../../../lib/methods/masked/mae';
import {pixelTarget} from '../../../lib/methods/masked/patchTarget';
import {tokenizer} from '../../../lib/methods/masked/tokenizer';
import {leaves} from '../../../lib/engine/params';
import {constant} from '../../../lib/schedules';
import {adamW} from '../../../lib/training/adamW';
import {close} from '../../close';
import {flat} from '../../flat';
import {hashed} from '../../reference/hashed';
import {mae as reference} from '../../reference/maskedMethods.json';
import {continuesExactly} from '../continues';
import {sameCompiled} from '../sameCompiled';
import {step} from '../step';
import {maskToken, masksKeeping} from './keeping';
import {blocks, completesPlanes, planeViews} from './planes';
import {images, index, meanBackbone} from './predictors';
import {backbone, filled, sameGradients} from './weights';

const small = (options: Partial<MaeOptions> = {}) =>
  mae({backbone, decoder: {width: 32, depth: 2, heads: 2}, ...options});
const paramsOf = (method: ReturnType<typeof small>): MaeParams => {
  const {backbone: encoder, decoder, mask_token} = method.init(key(0));
  return {
    backbone: filled(encoder, 'backbone'),
    decoder: filled(decoder, 'decoder'),
    ...(mask_token && {mask_token: maskToken()}),
  };
};
const params = paramsOf(small());
const even = masksKeeping(reference.normalizedPixels.kept);
const uneven = masksKeeping(reference.pixels.kept, {width: 8, filler: 9});
const batch = (masks: Masks, view = images) => ({view, masks, index});
const grid = [4, 4] as const;
const tiny = {width: 32, depth: 1};

for (const [name, {options, masks, places}] of Object.entries({
  normalizedPixels: {options: {}, masks: even, places: 12},
  pixels: {options: {target: pixelTarget}, masks: uneven, places: 16},
  tokenInEncoder: {options: {maskTokenInEncoder: true}, masks: uneven, places: 16},
})) {
  test(`${name}: loss and all gradients equal torch's`, () => {
    const expected = reference[name as keyof typeof reference];
    const method = small(options);
    const own = paramsOf(method);
    const {loss, gradients, outputs} = valueAndGradients(
      weights => method.loss(weights, batch(masks), {}, step()),
      own,
    );
    close(loss.dataSync(), [expected.loss], 1e-4);
    assert.deepEqual(
      leaves(gradients).map(([leaf]) => leaf),
      Object.keys(expected.gradients).sort(),
    );
    sameGradients(gradients, expected.gradients);
    assert.deepEqual(
      [outputs.prediction.shape, outputs.target.shape, outputs.embedding.shape],
      [
        [3, places, 48],
        [3, places, 48],
        [3, 128],
      ],
    );
  });

  test(`${name}: what is said of all patches, visible ones too, stands in the order of the image`, () => {
    const method = small({...options, target: pixelTarget});
    const {original, masked, reconstruction, pasted} = method.reconstruct(paramsOf(method), images, masks);
    close(
      patches(reconstruction, 4).slice([0, 0, 0], [-1, -1, 5]).dataSync(),
      reference[name as keyof typeof reference].prediction,
      1e-4,
    );
    const hidden = masks.masked.expandDims(2);
    close(patches(masked, 4).dataSync(), patches(images, 4).mul(tf.sub(1, hidden)).dataSync(), 0);
    close(
      patches(pasted, 4).dataSync(),
      tf.where(hidden.greater(0), patches(reconstruction, 4), patches(images, 4)).dataSync(),
      1e-6,
    );
    close(original.dataSync(), images.dataSync(), 0);
  });
}

test('the encoder computes the visible patches only: k tokens and the class token in each block', () => {
  const {patches: visible, layers} = small().encode(params, images, even, {});
  assert.deepEqual([visible.shape, ...layers.map(({shape}) => shape)], [[3, 4, 128], ...Array(4).fill([3, 5, 128])]);
});

test('pixels of hidden patches change neither tokens nor what is said, only the loss', () => {
  // with a mask token in the encoder or without
  const hidden = even.masked.reshape([3, 4, 1, 4, 1, 1]).tile([1, 1, 4, 1, 4, 3]).reshape(images.shape);
  const other = images.add(normal(key(5), images.shape).mul(hidden)) as tf.Tensor4D;
  for (const maskTokenInEncoder of [false, true]) {
    const method = small({maskTokenInEncoder});
    const own = paramsOf(method);
    const [a, b] = [images, other].map(view => {
      const tokens = method.encode(own, view, even, {});
      return {
        tokens: tokens.patches.dataSync(),
        said: method.decode(own, tokens, even, grid, {}).prediction.dataSync(),
        loss: method.loss(own, batch(even, view), {}, step()).loss.dataSync()[0]!,
      };
    });
    close(a!.tokens, b!.tokens, 0);
    close(a!.said, b!.said, 0);
    assert.ok(Math.abs(a!.loss - b!.loss) > 1e-3);
  }
});

test('visible pixels do change it', () => {
  const said = (view: tf.Tensor4D) =>
    small().decode(params, small().encode(params, view, even, {}), even, grid, {}).prediction;
  assert.ok(said(images.mul(1.5)).sub(said(images)).abs().max().dataSync()[0]! > 1e-2);
});

test('a loss of (d − 1)/d where nothing but the mean of normalized pixels is said, whatever the contrast', () => {
  const silent = {...params, decoder: {...params.decoder, pred: {weight: tf.zeros([48, 32]), bias: tf.zeros([48])}}};
  for (const contrast of [1, 0.2])
    close(
      small()
        .loss(silent, batch(even, images.mul<tf.Tensor4D>(contrast)), {}, step())
        .loss.dataSync(),
      [47 / 48],
      1e-4,
    );
});

test('normalized pixels are painted with the mean and the deviation of the patch that was hidden', () => {
  const silent = {...params, decoder: {...params.decoder, pred: {weight: tf.zeros([48, 32]), bias: tf.ones([48])}}};
  const {mean, variance} = tf.moments(patches(images, 4), 2, true);
  close(
    patches(small().reconstruct(silent, images, even).reconstruction, 4).dataSync(),
    mean
      .add(variance.mul(48 / 47).sqrt())
      .tile([1, 1, 48])
      .dataSync(),
    1e-4,
  );
});

test("tokens: the cross-entropy of each hidden patch's, log K where nothing is said; fillers count nothing", () => {
  const words = tokenizer({patch: 4, vocabulary: 20, centers: tf.tensor2d(hashed('centres', [20, 48], 2), [20, 48])});
  const state = {tokenizer: words.initState()};
  for (const masks of [even, uneven])
    for (const maskTokenInEncoder of [false, true]) {
      const method = small({target: words, maskTokenInEncoder});
      const own = paramsOf(method);
      const {
        loss,
        outputs: {target},
      } = method.loss(own, batch(masks), state, step());
      const {
        prediction,
        hidden: {places},
      } = method.decode(own, method.encode(own, images, masks, {key: step().key}), masks, grid, {
        key: step().key,
      });
      const [log, all, asked, hidden] = [
        prediction.logSoftmax().arraySync(),
        words.tokens(state.tokenizer, images).arraySync(),
        places.arraySync(),
        masks.masked.arraySync(),
      ];
      assert.deepEqual(
        target.squeeze([2]).arraySync(),
        asked.map((row, i) => row.map(place => all[i]![place])),
      );
      const each = asked.flatMap((row, i) =>
        [...new Map(row.map((place, j) => [place, j]))].flatMap(([place, j]) =>
          hidden[i]![place] ? [-log[i]![j]![all[i]![place]!]!] : [],
        ),
      );
      close(loss.dataSync(), [each.reduce((a, b) => a + b) / each.length], 1e-4);
      const silent = {
        ...own,
        decoder: {...own.decoder, pred: {weight: tf.zeros([20, 32]), bias: tf.zeros([20])}},
      };
      close(method.loss(silent, batch(masks), state, step()).loss.dataSync(), [Math.log(20)], 1e-5);
      assert.throws(
        () => method.reconstruct(own, images, masks),
        /^RangeError: mae: expected a target of pixels to reconstruct/,
      );
    }
  assert.throws(
    () => small({target: tokenizer({patch: 8})}),
    /^RangeError: mae: expected a tokenizer of the backbone's patches of 4 px, got one of 8 px$/,
  );
});

test('a loss leaves nothing in memory', async () => {
  const [method, own, now] = [small(), batch(uneven), step()];
  await flat(() => tf.tidy(() => void method.loss(params, own, {}, now)));
});

test('a reconstruction leaves its four images', async () => {
  await flat(() => small().reconstruct(params, images, uneven), 4);
});

test('the encoder is the result, of whole images; its pool says whether the class token or the mean is given', () => {
  close(
    small().embed(params, {}, images, {}).embedding.dataSync(),
    backbone.apply(params.backbone, images, {}).dataSync(),
    0,
  );
  const mean = small({backbone: meanBackbone});
  const own = mean.init(key(1));
  close(
    mean.embed(own, {}, images, {}).embedding.dataSync(),
    meanBackbone.apply(own.backbone, images, {}).dataSync(),
    0,
  );
});

test('the decoder is two thirds of the backbone, the mask token where needed; biases and norms do not decay', () => {
  const {decoder} = mae({backbone}).init(key(0));
  assert.deepEqual(
    leaves(decoder)
      .filter(([name]) => /mask_token|qkv.weight|pred.weight/.test(name))
      .map(([name, {shape}]) => `${name} ${shape}`),
    [
      'blocks.0.attn.qkv.weight 288,96',
      'blocks.1.attn.qkv.weight 288,96',
      'blocks.2.attn.qkv.weight 288,96',
      'mask_token 1,1,96',
      'pred.weight 48,96',
    ],
  );
  const inEncoder = small({maskTokenInEncoder: true}).init(key(0));
  assert.deepEqual(
    [inEncoder.mask_token!.shape, 'mask_token' in inEncoder.decoder, 'mask_token' in small().init(key(0))],
    [[1, 1, 128], false, false],
  );
  const decay = (name: string, value: tf.Tensor) => small().rule!(name, step(), value).decay;
  assert.deepEqual(
    [
      decay('decoder.pred.weight', tf.ones([2, 2])),
      decay('decoder.pred.bias', tf.ones([2])),
      decay('decoder.norm.weight', tf.ones([2])),
    ],
    [1, 0, 0],
  );
});

test('the same key gives the same encoder, with a mask token in it or without', () => {
  const of = (method: ReturnType<typeof small>) =>
    leaves(method.init(key(3)).backbone).flatMap(([, tensor]) => [...tensor.dataSync()]);
  assert.deepEqual(of(small({maskTokenInEncoder: true})), of(small()));
});

test('learns: what is said of three quarters of an image fits it', () =>
  completesPlanes(mae({backbone: meanBackbone, target: pixelTarget}), randomMask({grid}), {ratio: 0.75, epochs: 24}));

test("a compiled training gives an eager one's numbers, tensors stay flat: masks of one size, of several", async () => {
  await sameCompiled(small({decoder: tiny}), {source: () => planeViews(randomMask({grid})), steps: 6});
  await sameCompiled(small({decoder: tiny, target: pixelTarget}), {source: () => planeViews(blocks), steps: 3});
  await sameCompiled(small({decoder: tiny, target: tokenizer({patch: 4, vocabulary: 8})}), {
    source: () => planeViews(randomMask({grid})),
    steps: 3,
  });
});

test('a training that is continued from a file, from the middle of an epoch, ends in the same numbers', async () => {
  await continuesExactly(
    {
      method: small({decoder: tiny}),
      source: planeViews(randomMask({grid})),
      optimizer: adamW(),
      schedule: constant(1e-3),
      epochs: 2,
      batch: 32,
      seed: 3,
    },
    [3],
  );
});

test('so does one with tokens, whose centers are found before the first step and saved with it', async () => {
  const {values} = await continuesExactly(
    {
      method: small({decoder: tiny, target: tokenizer({patch: 4, vocabulary: 8})}),
      source: planeViews(randomMask({grid})),
      optimizer: adamW(),
      schedule: constant(1e-3),
      epochs: 2,
      batch: 64,
      seed: 3,
    },
    [1],
  );
  assert.ok(values['state.tokenizer.centers']!.some(value => value !== 0));
});

test('refused: another grid, images the patch does not divide, a decoder no heads fit, a target without pixels', () => {
  const {masked, ...rest} = even;
  assert.throws(
    () => small().loss(params, batch({masked: masked.slice([0, 0], [-1, 9]), ...rest}), {}, step()),
    /^RangeError: mae: expected masks \[3,16\] of 4 × 4 patches, got \[3,9\]: take a grid of the view's size over the backbone's patch$/,
  );
  assert.throws(
    () => small().loss(params, batch(even, tf.zeros([3, 16, 18, 3])), {}, step()),
    /^RangeError: vit: expected a height and a width that are multiples of the patch of 4 px, got \[3,16,18,3\]$/,
  );
  assert.throws(
    () => small({decoder: {width: 48, depth: 1}}),
    /^RangeError: decoder: expected a width that is a multiple of 4 and of the heads \(width\/32 unless told\), got 48 and 1.5$/,
  );
  assert.throws(
    () => small({target: hogTarget()}).reconstruct(params, images, even),
    /^RangeError: mae: expected a target of pixels to reconstruct, got one that pixels do not follow from: take pixelTarget or normalizedPixelTarget$/,
  );
});
