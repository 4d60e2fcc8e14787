import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colorShortcut} from '../../lib/analysis/colorShortcut';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';

/** n even images, each of a color that no other has. */
const ownColors = (n: number): tf.Tensor4D =>
  tf.tidy(() =>
    tf.tile(
      tf.tensor4d(Array.from({length: n}, (_, i) => [(Math.floor(i / 8) + 0.5) / 8, ((i % 8) + 0.5) / 8, 0.5]).flat(), [
        n,
        1,
        1,
        3,
      ]),
      [1, 4, 4, 1],
    ),
  );

test('images of a color of their own are all found', async () => {
  const views = ownColors(12);
  const {found, same, different, sameShares, differentShares} = await flat(() => colorShortcut(views, views));
  close([found, same, different, sameShares[19]!, differentShares[0]!], [1, 1, 0, 1, 1], 1e-6);
});

test('images of one color are found by chance, 1/n', async () => {
  const views = tf.ones<tf.Rank.R4>([16, 4, 4, 3]);
  const {found, same, different} = await colorShortcut(views, views);
  close([found, same, different], [1 / 16, 1, 1], 1e-6);
});

test('pairs of one color share the finding; a view without its color is not found', async () => {
  const colors = ownColors(8);
  // 12 images, 8 of them in pairs
  const twins = tf.concat([colors.slice(0, 4), colors.slice(0, 4), colors.slice(4)]) as tf.Tensor4D;
  close([(await colorShortcut(twins, twins)).found], [(8 / 2 + 4) / 12], 1e-6);
  // each has the color of the one before
  const turned = tf.concat([colors.slice(1), colors.slice(0, 1)]) as tf.Tensor4D;
  close([(await colorShortcut(colors, turned)).found], [0], 1e-6);
});

test('shares add up to 1 and have the means told, up to half a bin', async () => {
  const [first, second] = [uniform(key(1), [20, 8, 8, 3]), uniform(key(2), [20, 8, 8, 3])];
  const {same, different, sameShares, differentShares} = await colorShortcut(first, second, {bins: 2});
  for (const [mean, shares] of [
    [same, sameShares],
    [different, differentShares],
  ] as const) {
    close([shares.reduce((a, b) => a + b)], [1], 1e-9);
    assert.ok(Math.abs(shares.reduce((sum, share, i) => sum + (share * (i + 0.5)) / 20, 0) - mean) <= 0.025);
  }
});

test('an abort ends it with its reason; other shapes and too few pairs are refused', async () => {
  await flat(
    () =>
      assert.rejects(
        colorShortcut(tf.ones([8, 2, 2, 3]), tf.ones([8, 2, 2, 3]), {signal: AbortSignal.abort(new Error('stop'))}),
        /^Error: stop/,
      ),
    2,
  );
  await assert.rejects(
    colorShortcut(tf.ones([8, 2, 2, 3]), tf.ones([8, 3, 2, 3])),
    /^RangeError: colorShortcut: expected two views of one shape/,
  );
  await assert.rejects(
    colorShortcut(tf.ones([7, 2, 2, 3]), tf.ones([7, 2, 2, 3])),
    /^RangeError: colorShortcut: expected at least 8 pairs of views, got 7/,
  );
});
