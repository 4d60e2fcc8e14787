import assert from 'node:assert/strict';
import {test} from 'node:test';
import {patchPca} from '../../lib/analysis/patchPca';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/patchPca.json';
import {rotation} from './rotation';

const [n, h, w, d] = [3, 5, 6, 12] as const;

/**
 * As in patchPca.py: objects in the middle, which vary from top to bottom and from left to right.
 */
const x = tf.tidy(() => {
  // [h, w, d]
  const along = (name: string, size: tf.Tensor) => size.expandDims(2).mul(tf.tensor1d(hashed(name, [d])));
  const [rows, columns] = [
    tf.range(-2, 3).reshape([h, 1]).tile([1, w]),
    tf.range(-2.5, 3.5).reshape([1, w]).tile([h, 1]),
  ];
  const object = along('object', tf.fill([h, w], 2))
    .add(along('down', rows.mul(0.5)))
    .add(along('across', columns.mul(0.5)));
  const place = tf.ones([h - 2, w - 2, 1]).pad([
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  return tf.tensor4d(hashed('patches', [n, h, w, d], 0.25), [n, h, w, d]).add(object.mul(place)) as tf.Tensor4D;
});

test("scores, foreground, colors and shares are scikit-learn's, whatever the threshold and the clipping", async () => {
  for (const {threshold, clipped, foreground, colors, explained} of reference.cases) {
    const pca = await flat(() => patchPca(x, {threshold, clipped}));
    assert.deepEqual(pca.shape, [n, h, w]);
    close(pca.scores, reference.scores, 1e-4);
    assert.deepEqual([...pca.foreground], foreground);
    close(pca.colors, colors, 1e-3);
    close([pca.explained.first, ...pca.explained.colors], [reference.explained, ...explained], 1e-4);
  }
});

test('the object lies in the middle and not at the border; turned, what is behind it', async () => {
  const {foreground, scores} = await patchPca(x);
  const turned = await patchPca(x, {turned: true});
  const middle = (i: number) =>
    Number(Math.floor(i / w) % h >= 1 && Math.floor(i / w) % h <= 3 && i % w >= 1 && i % w <= 4);
  assert.deepEqual([...foreground], Array.from(foreground.keys(), middle));
  close(
    turned.scores,
    scores.map(score => -score),
    1e-6,
  );
  assert.deepEqual(
    [...turned.foreground],
    [...foreground].map(one => 1 - one),
  );
});

test('a turn, a shift, another unit change neither scores nor foreground; black is what is behind', async () => {
  const {scores, foreground, colors} = await patchPca(x);
  const other = await patchPca(
    tf.tidy(
      () =>
        tf
          .matMul(x.reshape([-1, d]), rotation(d))
          .mul(7)
          .add(3)
          .reshape(x.shape) as tf.Tensor4D,
    ),
  );
  close(other.scores, scores, 1e-3);
  assert.deepEqual(other.foreground, foreground);
  foreground.forEach((one, i) => {
    if (!one) assert.deepEqual([...colors.subarray(3 * i, 3 * i + 3)], [0, 0, 0]);
  });
  for (const channel of [0, 1, 2]) {
    const values = [...colors].filter((_, i) => i % 3 === channel && foreground[Math.floor(i / 3)]);
    assert.deepEqual([Math.min(...values), Math.max(...values)], [0, 1]);
  }
});

test('patches that differ by rounding alone count as alike, in any unit', async () => {
  const [inside, outside] = [hashed('inside', [d]), hashed('outside', [d])].map(values => tf.tensor1d(values));
  const square = tf.tidy(() => {
    const place = tf.ones([1, h - 2, w - 2, 1]).pad([
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    return place.mul(inside!).add(tf.sub(1, place).mul(outside!)) as tf.Tensor4D;
  });
  for (const unit of [1e-8, 1, 1e8]) {
    await assert.rejects(
      patchPca(
        tf.tidy(() =>
          inside!
            .mul(unit)
            .tile([h * w])
            .reshape([1, h, w, d]),
        ),
      ),
      /expected patches that differ/,
    );
    const {foreground, colors, explained} = await patchPca(square.mul(unit));
    assert.equal(
      foreground.reduce((a, b) => a + b, 0),
      (h - 2) * (w - 2),
    );
    foreground.forEach((one, i) =>
      assert.deepEqual([...colors.subarray(3 * i, 3 * i + 3)], one ? [0.5, 0.5, 0.5] : [0, 0, 0]),
    );
    assert.deepEqual(explained.colors, [0, 0, 0]);
  }
});

test('all patches are looked at, also of many images', async () => {
  const many = tf.tidy(
    () =>
      tf.concat([
        x,
        ...Array.from({length: 60}, (_, i) => normal(key(i), [n, h, w, d]).mul(0.02).add(x)),
      ]) as tf.Tensor4D,
  ); // 5,490 patches
  const {scores} = await patchPca(many);
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  const variance = scores.reduce((a, b) => a + b * b, 0) / scores.length;
  close([mean, variance], [0, 1], 1e-4);
});

test('refused: too few patches or channels, patches all alike, a threshold or share that leaves nothing', async () => {
  // and nothing is left in memory
  const refused = (work: () => Promise<unknown>, message: RegExp) => flat(() => assert.rejects(work, message));
  const small = tf.ones([1, 2, 5, 4]) as tf.Tensor4D;
  const alike = tf.ones([1, 3, 3, 4]) as tf.Tensor4D;
  await refused(
    () => patchPca(small),
    /^RangeError: patchPca: expected features \[n, h, w, d\] of at least 3 × 3 patches and 3 channels, got \[1,2,5,4\]/,
  );
  await refused(() => patchPca(alike), /^RangeError: patchPca: expected patches that differ, got all alike/);
  await refused(
    () => patchPca(x, {threshold: 10}),
    /^RangeError: patchPca: expected at least 4 patches above the threshold 10, got 0 of 90/,
  );
  await refused(
    () => patchPca(x, {clipped: 0.5}),
    /^RangeError: patchPca: expected a share to clip from 0 to below 0\.5, got 0\.5/,
  );
  await refused(() => patchPca(x, {signal: AbortSignal.abort(new Error('enough'))}), /enough/);
});
