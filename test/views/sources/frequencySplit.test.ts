import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Dataset} from '../../../lib/datasets/dataset';
import {key, uniform} from '../../../lib/engine/random';
import {compile} from '../../../lib/engine/compile';
import {tf} from '../../../lib/engine/tf';
import {compose} from '../../../lib/views/compose';
import {randomResizedCrop} from '../../../lib/views/crop';
import {randomFlip} from '../../../lib/views/flip';
import {frequencies, frequencySplit} from '../../../lib/views/sources/frequencySplit';
import {close} from '../../close';
import {flat} from '../../flat';
import {hashed} from '../../reference/hashed';
import {imagesOf, reference} from '../reference';

const bytes = Uint8Array.from(hashed('frequencies', [6, 12, 12, 3], 120), value => 128 + value);
const dataset: Dataset = {
  name: 'noise',
  images: bytes,
  shape: [6, 12, 12, 3],
  labels: new Int32Array(6),
  classes: ['noise'],
  splits: {
    pretrain: Int32Array.of(5, 1, 3, 2),
    train: Int32Array.of(0),
    validation: new Int32Array(),
    test: Int32Array.of(4),
  },
  mean: [0.5, 0.4, 0.3],
  standardDeviation: [0.1, 0.2, 0.3],
  license: 'CC0-1.0',
  credit: '',
  checksum: '',
};

/**
 * A wave of k whole turns over 60 columns, of the mirrored images that a blur sees: cos(πk(x +
 * ½)/60) stays itself at mirrored borders, but for half a pixel.
 */
const wave = (turns: number) =>
  tf
    .range(0, 60)
    .mul((Math.PI * turns) / 59)
    .cos()
    .mul(0.4)
    .add(0.5)
    .reshape([1, 1, 60, 1])
    .tile([1, 60, 1, 1]) as tf.Tensor4D;

test('a wave of frequency ω keeps exp(−σ²ω²/2) in the coarse half and leaves the rest to the fine one', () => {
  for (const [turns, sigma] of [
    [2, 1],
    [8, 1.5],
    [12, 2],
    [20, 3],
  ] as const) {
    const {low, high} = frequencies(wave(turns), sigma);
    const kept = Math.exp(-(((sigma * Math.PI * turns) / 59) ** 2) / 2);
    const expected = wave(turns).sub(0.5);
    close(low.sub(0.5).dataSync(), expected.mul(kept).dataSync(), 2e-3);
    close(high.dataSync(), expected.mul(1 - kept).dataSync(), 2e-3);
  }
});

test("the coarse half equals torchvision's gaussian_blur of as many taps", () => {
  const images = imagesOf(reference.blur);
  for (const [sigma, taps] of [
    [0.1, 3],
    [1, 7],
  ] as const) {
    const {values} = reference.blur.results.find(
      ({padding, kernelSize}) => padding === 'reflect' && kernelSize === taps,
    )!;
    const [i, length] = [reference.blur.sigmas.indexOf(sigma), values.length / images.shape[0]];
    close(frequencies(images, sigma).low.slice([i], [1]).dataSync(), values.slice(i * length, (i + 1) * length), 1e-5);
  }
});

test('the halves add up to the image, whatever the cut; an image of one color has no detail', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({min: 8, max: 20}),
      fc.double({min: 0.05, max: 2.3, noNaN: true}),
      (seed, side, sigma) =>
        tf.tidy(() => {
          const images = uniform(key(seed), [2, side, side + 2, 3]);
          const {low, high} = frequencies(images, sigma);
          close(low.add(high).dataSync(), images.dataSync(), 1e-6);
          close(frequencies(tf.fill([1, side, side, 1], 0.3), sigma).high.dataSync(), Array(side * side).fill(0), 1e-6);
        }),
    ),
    {numRuns: 20},
  );
});

test('normalized, the views add up to the normalized image, and σ moves contrast from the second to the first', () => {
  const indices = tf.tensor1d([2, 0], 'int32');
  const expected = [3, 5].flatMap(i =>
    Array.from(
      bytes.subarray(i * 432, (i + 1) * 432),
      (value, at) => (value / 255 - dataset.mean[at % 3]!) / dataset.standardDeviation[at % 3]!,
    ),
  );
  const contrasts = [0.3, 0.6, 1, 2, 3.5].map(sigma =>
    tf.tidy(() => {
      const {first, second, index} = frequencySplit({dataset, sigma}).batch(indices, key(0), {});
      assert.deepEqual([...index.dataSync()], [2, 0]);
      close(first.add(second).dataSync(), expected, 1e-4);
      return second.square().mean().dataSync()[0]!;
    }),
  );
  assert.deepEqual(
    contrasts,
    [...contrasts].sort((a, b) => a - b),
  );
  assert.ok(contrasts[0]! < 0.05 * contrasts.at(-1)!, `${contrasts}`);
});

test('both halves show one crop, a function of the key; compiled it is the same; no tensor is left', async () => {
  const view = compose({crop: randomResizedCrop({size: 10, area: [0.3, 0.6]}), flip: randomFlip()});
  const source = frequencySplit({dataset, sigma: 0.8, view});
  const indices = tf.tensor1d([0, 1, 2, 3], 'int32');
  const [a, b] = [key(1), key(2)];
  const seen = (k: tf.Tensor1D) =>
    tf.tidy(() => {
      const {first, second} = source.batch(indices, k, {});
      return first.add(second).mul(dataset.standardDeviation).add(dataset.mean).dataSync();
    });
  const whole = await flat(() => seen(a));
  close(
    whole,
    tf.tidy(() => {
      const images = tf.tensor4d(
        Float32Array.from(
          [5, 1, 3, 2].flatMap(i => [...bytes.subarray(i * 432, (i + 1) * 432)]),
          value => value / 255,
        ),
        [4, 12, 12, 3],
      );
      return view(images, a).dataSync();
    }),
    1e-5,
  );
  assert.deepEqual(seen(a), whole);
  assert.notDeepEqual(seen(b), whole);
  const step = compile(
    (_: {}, {indices: fed, k}: {indices: tf.Tensor1D; k: tf.Tensor1D}) => ({outputs: source.batch(fed, k, {})}),
    {},
    {indices: {dtype: 'int32', shape: [4]}, k: {dtype: 'int32', shape: [2]}},
    {holds: source.holds},
  );
  const {first, second} = step.run({indices, k: b});
  const eager = source.batch(indices, b, {});
  close(first.dataSync(), eager.first.dataSync(), 1e-5);
  close(second.dataSync(), eager.second.dataSync(), 1e-5);
  step.dispose();
});

test('no blur, a negative one, and one wider than the images are refused', () => {
  for (const sigma of [0, -1, NaN, Infinity])
    assert.throws(
      () => frequencySplit({dataset, sigma}),
      /^RangeError: frequencySplit: expected sigma above 0 pixels, got/,
    );
  assert.throws(
    () => frequencies(tf.zeros([1, 12, 20, 3]), 4),
    /^RangeError: frequencies: expected sigma above 0 and at most 3.66 pixels for images \[1,12,20,3\], got 4$/,
  );
});
