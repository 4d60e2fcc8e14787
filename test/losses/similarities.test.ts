import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {pairSimilarities} from '../../lib/losses/similarities';
import {close} from '../close';
import {flat} from '../flat';
import {slopes} from '../slopes';

test('positives are the other view of the image, negatives all views of other images, in their order', () => {
  fc.assert(
    fc.property(fc.integer({min: 2, max: 6}), fc.integer({min: 1, max: 5}), fc.nat(), (n, d, seed) => {
      tf.tidy(() => {
        const z = normal(key(seed), [2 * n, d]);
        const rows = z.arraySync();
        const cosine = (a: number[], b: number[]) =>
          a.reduce((sum, v, i) => sum + v * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
        const {positive, negatives} = pairSimilarities(z);
        close(
          positive.dataSync(),
          rows.map((row, i) => cosine(row, rows[(i + n) % (2 * n)]!)),
          1e-5,
        );
        assert.deepEqual(negatives.shape, [2 * n, 2 * n - 2]);
        close(
          negatives.dataSync(),
          rows.flatMap((row, i) => rows.filter((_, j) => j % n !== i % n).map(other => cosine(row, other))),
          1e-5,
        );
      });
    }),
    {numRuns: 30},
  );
});

test('targets stand in for what anchors are compared with; among the other view, half of the negatives', () => {
  fc.assert(
    fc.property(fc.integer({min: 2, max: 6}), fc.integer({min: 1, max: 5}), fc.nat(), (n, d, seed) => {
      tf.tidy(() => {
        const [z, targets] = [normal(key(seed), [2 * n, d]), normal(key(seed + 1), [2 * n, d])];
        const [rows, others] = [z.arraySync(), targets.arraySync()];
        const cosine = (a: number[], b: number[]) =>
          a.reduce((sum, v, i) => sum + v * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
        const both = pairSimilarities(z, {targets});
        const other = pairSimilarities(z, {targets, among: 'otherView'});
        for (const {positive} of [both, other])
          close(
            positive.dataSync(),
            rows.map((row, i) => cosine(row, others[(i + n) % (2 * n)]!)),
            1e-5,
          );
        close(
          both.negatives.dataSync(),
          rows.flatMap((row, i) => others.filter((_, j) => j % n !== i % n).map(target => cosine(row, target))),
          1e-5,
        );
        assert.deepEqual(other.negatives.shape, [2 * n, n - 1]);
        close(
          other.negatives.dataSync(),
          rows.flatMap((row, i) =>
            others.filter((_, j) => j % n !== i % n && j < n !== i < n).map(target => cosine(row, target)),
          ),
          1e-5,
        );
      });
    }),
    {numRuns: 30},
  );
});

test('gradients are those of finite differences', () => {
  const z = normal(key(1), [6, 3]);
  slopes(projections => pairSimilarities(projections as tf.Tensor2D).positive, z, [0, 5, 10, 17]);
  slopes(projections => pairSimilarities(projections as tf.Tensor2D).negatives, z, [0, 5, 10, 17], {tolerance: 3e-3});
  slopes(
    targets => pairSimilarities(z, {targets: targets as tf.Tensor2D, among: 'otherView'}).negatives,
    normal(key(3), [6, 3]),
    [0, 5, 10, 17],
    {tolerance: 3e-3},
  );
});

test('leaves two tensors; odd rows and a single image are refused', async () => {
  const z = normal(key(2), [4, 3]);
  await flat(() => pairSimilarities(z), 2);
  assert.throws(
    () => pairSimilarities(tf.ones([5, 2])),
    /^RangeError: pairSimilarities: expected two views each of at least 2 images, got \[5,2\]/,
  );
  assert.throws(
    () => pairSimilarities(tf.ones([2, 2])),
    /^RangeError: pairSimilarities: expected two views each of at least 2 images, got \[2,2\]/,
  );
  assert.throws(
    () => pairSimilarities(z, {targets: tf.ones([4, 2])}),
    /^RangeError: pairSimilarities: expected targets as the anchors, \[4,3\], got \[4,2\]/,
  );
  assert.throws(
    () => pairSimilarities(z, {among: 'all' as 'bothViews'}),
    /^RangeError: pairSimilarities: expected among 'bothViews' or 'otherView', got 'all'/,
  );
});
