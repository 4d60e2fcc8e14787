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

test('equals numpy\'s histogram', async () => {
  const scaled = second.mul(3) as tf.Tensor2D;   // length does not matter
  const {positives, negatives, edges} = await flat(() => similarityHistogram(first, scaled));
  close(positives, reference.positives, 1e-9);
  close(negatives, reference.negatives, 1e-9);
  close(edges, Array.from({length: 41}, (_, i) => -1 + i / 20), 1e-12);
});

test('views that are alike fill the last bin; shares add up to 1, also over several pieces', async () => {
  const z = normal(key(1), [2500, 16]);
  const {positives, negatives} = await similarityHistogram(z, z, {bins: 10});
  assert.ok(positives[9] > 0.99);
  close([positives, negatives].map(shares => shares.reduce((a, b) => a + b)), [1, 1], 1e-9);
  close([negatives[4] + negatives[5]], [0.561], 0.01);   // P(|s| < 0.2) for d = 16: ∫ (1 − s²)^6.5
});

test('an abort ends it with its reason and leaves nothing', async () => {
  const signal = AbortSignal.abort(new Error('stop'));
  await flat(() => assert.rejects(similarityHistogram(first, second, {signal}), /^Error: stop/));
});

test('other shapes, too few pairs and no bins are refused', async () => {
  await assert.rejects(similarityHistogram(tf.ones([9, 2]), tf.ones([9, 3])),
    /^RangeError: similarityHistogram: expected two views of one shape \[n, d\], got \[9,2\] and \[9,3\]/);
  await assert.rejects(similarityHistogram(tf.ones([7, 2]), tf.ones([7, 2])), /^RangeError: similarityHistogram: expected at least 8 pairs of views, got 7/);
  await assert.rejects(similarityHistogram(first, second, {bins: 0}), /^RangeError: similarityHistogram: expected a whole number of bins from 1, got 0/);
});
