import assert from 'node:assert/strict';
import {test} from 'node:test';
import {similarityHistogram} from '../../lib/analysis/similarityHistogram';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/analysis.json';
import {classes} from '../reference/classes';

const {n, d, k} = reference;
const [first, second] = [classes('first', n, d, k).features, classes('second', n, d, k).features];

test("equals numpy's histogram", async () => {
  const scaled = second.mul(3) as tf.Tensor2D; // length does not matter
  const {positives, negatives, nearest, edges} = await flat(() => similarityHistogram(first, scaled));
  close(positives, reference.positives, 1e-9);
  close(negatives, reference.negatives, 1e-9);
  close(nearest, reference.nearest, 1e-9);
  close(
    edges,
    Array.from({length: 41}, (_, i) => -1 + i / 20),
    1e-12,
  );
});

test('views that are alike fill the last bin; shares add up to 1, also over several pieces', async () => {
  const z = normal(key(1), [2500, 16]);
  const {positives, negatives, nearest} = await similarityHistogram(z, z, {bins: 10});
  assert.ok(positives[9]! > 0.99);
  close(
    [positives, negatives, nearest].map(shares => shares.reduce((a, b) => a + b)),
    [1, 1, 1],
    1e-9,
  );
  close([negatives[4]! + negatives[5]!], [0.561], 0.01); // P(|s| < 0.2) for d = 16: ∫ (1 − s²)^6.5
});

test('the nearest leave out the positive; all n − 1 are the negatives, also where fewer than 10 exist', async () => {
  const line = tf.tensor2d([
    [1, 0],
    [1, 0.01],
    [1, 0.02],
    [1, 0.03],
    [-1, 0],
    [-1, 0.01],
    [-1, 0.02],
    [-1, 0.03],
  ]);
  assert.deepEqual((await similarityHistogram(line, line, {bins: 2, nearest: 3})).nearest, [0, 1]);
  assert.deepEqual((await similarityHistogram(line, line, {bins: 2, nearest: 4})).nearest, [0.25, 0.75]);
  for (const options of [{}, {nearest: 7}]) {
    const {nearest, negatives} = await similarityHistogram(line, line, options);
    close(nearest, negatives, 1e-9);
  }
});

test('an abort ends it with its reason and leaves nothing', async () => {
  const signal = AbortSignal.abort(new Error('stop'));
  await flat(() => assert.rejects(similarityHistogram(first, second, {signal}), /^Error: stop/));
});

test('other shapes, too few pairs, no bins and more nearest than there are negatives are refused', async () => {
  await assert.rejects(
    similarityHistogram(tf.ones([9, 2]), tf.ones([9, 3])),
    /^RangeError: similarityHistogram: expected two views of one shape \[n, d\], got \[9,2\] and \[9,3\]/,
  );
  await assert.rejects(
    similarityHistogram(tf.ones([7, 2]), tf.ones([7, 2])),
    /^RangeError: similarityHistogram: expected at least 8 pairs of views, got 7/,
  );
  await assert.rejects(
    similarityHistogram(first, second, {bins: 0}),
    /^RangeError: similarityHistogram: expected bins a whole number from 1, got 0/,
  );
  for (const nearest of [0, 1.5, n])
    await assert.rejects(
      similarityHistogram(first, second, {nearest}),
      new RegExp(
        `^RangeError: similarityHistogram: expected nearest from 1 to ${n - 1}, the number of negatives of a ` +
          `view, got ${nearest}`,
      ),
    );
});
