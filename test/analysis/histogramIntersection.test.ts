import assert from 'node:assert/strict';
import {test} from 'node:test';
import {histogramIntersection} from '../../lib/analysis/histogramIntersection';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';

const histograms = (seed: number, n: number, bins: number): tf.Tensor2D =>
  tf.tidy(() => {
    const raw = uniform(key(seed), [n, bins]);
    return raw.div(raw.sum(1, true));
  });

test('by hand: equal 1, nothing in common 0, half and half', () => {
  const first = tf.tensor2d([
    [1, 0, 0],
    [0.5, 0.5, 0],
  ]);
  const second = tf.tensor2d([
    [1, 0, 0],
    [0, 0, 1],
    [0.25, 0.25, 0.5],
  ]);
  close(histogramIntersection(first, second).dataSync(), [1, 0, 0.25, 0.5, 0, 0.5], 1e-7);
});

test('equals a double loop, also over several pieces; the other way round is the transpose', async () => {
  const [n, m, bins] = [301, 290, 256]; // more values than are compared at once
  const [first, second] = [histograms(1, n, bins), histograms(2, m, bins)];
  const [a, b] = [first.arraySync(), second.arraySync()];
  const values = await flat(() => histogramIntersection(first, second), 1);
  close(
    values.dataSync(),
    a.flatMap(x => b.map(y => x.reduce((sum, share, i) => sum + Math.min(share, y[i]!), 0))),
    1e-5,
  );
  close(histogramIntersection(second, first).transpose().dataSync(), values.dataSync(), 1e-6);
});

test('other numbers of bins are refused', () => {
  assert.throws(
    () => histogramIntersection(tf.ones([2, 3]), tf.ones([2, 4])),
    /^RangeError: histogramIntersection: expected histograms of as many bins, got \[2,3\] and \[2,4\]/,
  );
});
