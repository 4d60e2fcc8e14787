import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {View} from '../../lib/views/view';
import {withProbability} from '../../lib/views/withProbability';

const invert: View = images => tf.sub<tf.Tensor4D>(1, images);

test('the share of changed images is the probability, and each image is changed whole or not at all', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({min: 0, max: 100}), (seed, percent) => {
      const probability = percent / 100;
      const changed = withProbability(probability, invert)(tf.zeros([4000, 2, 1, 1]), key(seed))
        .reshape([4000, 2])
        .arraySync() as number[][];
      assert.ok(changed.every(([a, b]) => a === b));
      const share = changed.filter(([a]) => a === 1).length / 4000;
      assert.ok(
        Math.abs(share - probability) <= 5 * Math.sqrt((probability * (1 - probability)) / 4000),
        `${share} of ${probability}`,
      ); // 5 standard deviations
    }),
    {numRuns: 25},
  );
});

test('images that are not chosen keep their values to the bit; neighbors are independent', () => {
  const images = uniform(key(1), [2000, 3, 2, 3]);
  const [before, after] = [images.arraySync(), withProbability(0.5, invert)(images, key(2)).arraySync()];
  const kept = after.map((image, i) => image.join() === before[i]!.join());
  assert.ok(Math.abs(kept.filter(Boolean).length / 2000 - 0.5) < 0.05);
  assert.ok(Math.abs(kept.filter((k, i) => k && kept[i + 1]).length / 2000 - 0.25) < 0.05);
});

test('the view draws independently of the choice, and at 1 and 0 all or none is changed', () => {
  const drawn: View = (images, k) => tf.tidy(() => uniform(k, [images.shape[0], 1, 1, 1]));
  const values = [...withProbability(0.5, drawn)(tf.fill([4000, 1, 1, 1], -1), key(3)).dataSync()].filter(v => v >= 0);
  assert.ok(Math.abs(values.reduce((a, b) => a + b) / values.length - 0.5) < 0.03);
  const images = tf.zeros([5, 1, 1, 1]) as tf.Tensor4D;
  assert.deepEqual([...withProbability(1, invert)(images, key(4)).dataSync()], Array(5).fill(1));
  const none = withProbability(0, invert)(images, key(4));
  assert.deepEqual([...none.dataSync()], Array(5).fill(0));
  assert.notEqual(none, images);
});

test('leaves no tensor behind; wrong probabilities and views that change the size are refused', () => {
  const [images, k] = [tf.zeros([4, 2, 2, 1]) as tf.Tensor4D, key(5)];
  const before = tf.memory().numTensors;
  withProbability(0.5, invert)(images, k).dispose();
  assert.equal(tf.memory().numTensors, before);
  assert.throws(
    () => withProbability(1.1, invert),
    /^RangeError: withProbability: expected a probability from 0 to 1, got 1.1/,
  );
  assert.throws(
    () => withProbability(0.5, x => x.slice([0, 0, 0, 0], [4, 1, 2, 1]))(images, k),
    /^RangeError: withProbability: expected a view that keeps the shape \[4,2,2,1\], got \[4,1,2,1\]/,
  );
});
