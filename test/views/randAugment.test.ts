// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {compile} from '../../lib/engine/compile';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {change, changes, randAugment} from '../../lib/views/randAugment';
import {close} from '../close';
import {flat} from '../flat';
import {furthest, original, references} from './randAugmentReference';
import {near} from './recipes/measure';

/**
 * Whole levels are PIL's; what is computed is cut by PIL to a level below, and its gray, mean and
 * smoothed images are rounded to levels before they are blended.
 */
const tolerances = {
  equalize: 1e-3,
  invert: 1e-3,
  posterize: 1e-3,
  solarize: 1e-3,
  solarizeAdd: 1e-3,
  autoContrast: 1.001,
  rotate: 1.001,
  shearX: 1.001,
  shearY: 1.001,
  translateX: 1.001,
  translateY: 1.001,
  brightness: 1.001,
  color: 1.5,
  contrast: 1.5,
  sharpness: 1.5,
};

for (const name of changes)
  test(`${name} is PIL's at every strength`, () => {
    const cases = references.filter(({change: own}) => own === name);
    assert.ok(cases.length >= 3);
    for (const reference of cases)
      assert.ok(
        furthest(reference) <= tolerances[name],
        `${name}, magnitude ${reference.magnitude}, sign ${reference.sign}: ${furthest(reference)} levels`,
      );
  });

test('each image gets the change that was chosen for it, or none', () => {
  const image = original().slice([1], [1]);
  const n = changes.length + 1;
  const all = change(
    image.tile([n, 1, 1, 1]),
    tf.range(-1, changes.length),
    tf.fill([n], 0.6),
    tf.ones([n]),
    [0.5, 0.5, 0.5],
  );
  close(all.slice([0], [1]).dataSync(), image.dataSync(), 1e-6);
  changes.forEach((_, i) => {
    const alone = change(image, tf.tensor1d([i]), tf.tensor1d([0.6]), tf.ones([1]), [0.5, 0.5, 0.5]);
    close(all.slice([i + 1], [1]).dataSync(), alone.dataSync(), 1e-6);
    assert.ok(alone.sub(image).abs().max().dataSync()[0]! > 1e-3, `${changes[i]} changes nothing`);
  });
});

test('half of two changes each: a quarter of the images stay as they are; more changes, fewer', () => {
  const image = original().slice([1], [1]).tile([2000, 1, 1, 1]) as tf.Tensor4D;
  const stayed = (options: Parameters<typeof randAugment>[0]) =>
    tf.tidy(
      () =>
        randAugment(options)(image, key(3))
          .sub(image)
          .abs()
          .max([1, 2, 3])
          .less(1e-6)
          .cast('float32')
          .mean()
          .dataSync()[0]!,
    );
  // at 5 every change changes something of this image
  near(stayed({magnitude: 5}), 0.25, 0.04, 'share of images that stay');
  assert.equal(stayed({probability: 0}), 1);
  assert.equal(stayed({count: 0}), 1);
  near(stayed({count: 1, probability: 1, magnitude: 5}), 0, 0.02, 'share of images that stay');
});

test('in [0, 1], of the same shape, a function of the key, no tensor is left', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({min: 3, max: 20}),
      fc.constantFrom(1, 3),
      fc.double({min: 0, max: 10, noNaN: true}),
      async (seed, side, c, magnitude) => {
        const k = key(seed);
        const images = uniform(k, [6, side, side + 1, c]);
        const [a, b] = await flat(() => [0, 1].map(() => randAugment({magnitude})(images, k)), 2);
        assert.deepEqual(a!.shape, images.shape);
        assert.ok(a!.dataSync().every(value => value >= 0 && value <= 1));
        assert.deepEqual(a!.dataSync(), b!.dataSync());
        tf.dispose([k, images, a, b]);
      },
    ),
    {numRuns: 15},
  );
});

test('compiled it is the same', () => {
  const images = uniform(key(1), [16, 12, 12, 3]);
  const k = key(2);
  const step = compile(
    (_: {}, given: {images: tf.Tensor4D; k: tf.Tensor1D}) => ({outputs: {view: randAugment()(given.images, given.k)}}),
    {},
    {images: {dtype: 'float32', shape: [16, 12, 12, 3]}, k: {dtype: 'int32', shape: [2]}},
  );
  const compiled = step.run({images, k}).view;
  const eager = randAugment()(images, k);
  close(compiled.dataSync(), eager.dataSync(), 1e-4);
  step.dispose();
});

test('options outside their range are refused', () => {
  assert.throws(
    () => randAugment({magnitude: 11}),
    /^RangeError: randAugment: expected a magnitude from 0 to 10, got 11$/,
  );
  assert.throws(
    () => randAugment({count: 1.5}),
    /^RangeError: randAugment: expected count a whole number from 0, got 1.5$/,
  );
  assert.throws(() => randAugment({deviation: -1}), /^RangeError: randAugment: expected a deviation from 0, got -1$/);
  assert.throws(
    () => randAugment({probability: 2}),
    /^RangeError: randAugment: expected a probability from 0 to 1, got 2$/,
  );
});
