import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {kMeans} from '../../../lib/methods/clusters/kMeans';
import {close} from '../../close';
import {flat} from '../../flat';
import {classes} from '../../reference/classes';
import reference from '../../reference/prototypes.json';

for (const {n, d, k, seedRows, iterations, inertia, labels, centers} of reference.kMeans) {
  test(`from given centers, ${iterations} iterations at most: scikit-learn's clusters, centers and inertia`, async () => {
    const points = classes('points', n, d, 5).features;
    const [start, at] = [points.gather(tf.tensor1d(seedRows, 'int32')) as tf.Tensor2D, key(0)];
    const found = await flat(() => kMeans(points, {k, key: at, iterations, start}), 3);
    assert.deepEqual([...found.assignment.dataSync()], labels);
    close(found.centers.dataSync(), centers, 1e-5);
    close([found.inertia, found.distances.square().sum().dataSync()[0]!], [inertia, inertia], 1e-5);
  });
}

test('clusters far apart are found from any key, with the inertia of the best of ten by scikit-learn', async () => {
  const {n, d, k, inertia} = reference.best;
  const points = tf.tidy(() =>
    classes('points', n, d, k).features.add(
      tf.oneHot(tf.range(0, n, 1, 'int32').mod(tf.scalar(k, 'int32')), d).mul(20),
    ),
  ) as tf.Tensor2D;
  for (let seed = 0; seed < 10; seed++) close([(await kMeans(points, {k, key: key(seed)})).inertia], [inertia], 1e-5);
});

test('the same key gives the same clusters, another one other clusters of no clear groups', async () => {
  const points = normal(key(1), [300, 8]);
  const run = async (seed: number) => [...(await kMeans(points, {k: 12, key: key(seed)})).centers.dataSync()];
  const first = await run(2);
  assert.deepEqual(await run(2), first);
  assert.notDeepEqual(await run(3), first);
});

test('a cluster without points takes the farthest one; as many clusters as points have one each', async () => {
  const points = tf.tensor2d([
    [0, 0],
    [1, 0],
    [0, 1],
    [9, 9],
  ]);
  const far = await kMeans(points, {
    k: 2,
    key: key(0),
    start: tf.tensor2d([
      [0, 0],
      [-50, -50],
    ]),
  });
  assert.deepEqual([...far.assignment.dataSync()], [0, 0, 0, 1]);
  const each = await kMeans(points, {k: 4, key: key(0)});
  assert.deepEqual([[...each.assignment.dataSync()].sort(), each.inertia], [[0, 1, 2, 3], 0]);
});

test('first centers are drawn far apart: k-means++ starts lower than points drawn evenly', async () => {
  const points = tf.tidy(() =>
    classes('points', 90, 6, 6)
      .features.mul(0.2)
      .add(tf.oneHot(tf.range(0, 90, 1, 'int32').mod(tf.scalar(6, 'int32')), 6).mul(20)),
  ) as tf.Tensor2D;
  let apart = 0;
  for (let seed = 0; seed < 20; seed++) {
    const {assignment} = await kMeans(points, {k: 6, key: key(seed), iterations: 1});
    const found = assignment.dataSync();
    // evenly drawn points would hit all six groups once in 65
    if (new Set(found.slice(0, 6)).size === 6) apart++;
  }
  assert.ok(apart >= 19, `${apart} of 20 starts have a center in every group`);
});

test('ends on an abort, with nothing left; more clusters than points are refused', async () => {
  const points = normal(key(1), [50, 4]);
  const at = key(0);
  await flat(async () => {
    const abort = new AbortController();
    setImmediate(() => abort.abort(new Error('stop here')));
    await assert.rejects(kMeans(points, {k: 20, key: at, signal: abort.signal}), /stop here/);
    await assert.rejects(
      kMeans(points, {k: 51, key: at}),
      /^RangeError: kMeans: expected 1 to 50 clusters of 50 points, got 51/,
    );
    await assert.rejects(
      kMeans(points, {k: 3, key: at, iterations: 0}),
      /^RangeError: kMeans: expected iterations a whole number from 1, got 0/,
    );
    await assert.rejects(
      kMeans(points, {k: 3, key: at, start: points}),
      /^RangeError: kMeans: expected first centers \[3, 4\], got \[50,4\]/,
    );
  });
});
