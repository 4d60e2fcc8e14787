import assert from 'node:assert/strict';
import {test} from 'node:test';
import {maskStatistics} from '../../lib/analysis/maskStatistics';
import {tf} from '../../lib/engine/tf';
import {gridMask} from '../../lib/masks/gridMask';
import {drawMasks} from '../../lib/masks/drawMasks';
import {close} from '../close';
import {flat} from '../flat';
import {reference} from '../masks/reference';

const maskOf = (rows: readonly string[]) =>
  tf.tensor2d([
    rows
      .join('')
      .split('')
      .map(token => Number(token === '#')),
  ]);

test("blocks and distances of masks of all kinds are scipy's, in tokens and in pixels", () => {
  for (const {rows, patch, masked, sizes, distance, averageDistance} of reference.masks) {
    const statistics = maskStatistics(maskOf(rows), {grid: [rows.length, rows[0]!.length], patch});
    assert.deepEqual([statistics.blocks, statistics.largestBlockTokens], [sizes.length, sizes.at(-1)]);
    close(
      [statistics.ratio, statistics.blockTokens, statistics.distance, statistics.averageDistance],
      [masked / (rows.length * rows[0]!.length), masked / sizes.length, distance, averageDistance],
      1e-6,
    );
  }
});

test('chessboards: blocks of one token at a distance of one', async () => {
  const {masked} = drawMasks(gridMask({grid: [4, 6], ratio: 0.5}), 3, 1);
  assert.deepEqual(await flat(() => maskStatistics(masked, {grid: [4, 6]})), {
    masks: 3,
    ratio: 0.5,
    smallestRatio: 0.5,
    largestRatio: 0.5,
    blocks: 12,
    blockTokens: 1,
    largestBlockTokens: 1,
    distance: 1,
    averageDistance: 1,
  });
});

test('over several masks: the mean, the extremes; what hides nothing has no blocks and no distance', () => {
  const masks = tf.concat([maskOf(['##..', '....']), maskOf(['###.', '##.#']), maskOf(['....', '....'])]);
  const {
    masks: n,
    ratio,
    smallestRatio,
    largestRatio,
    blocks,
    blockTokens,
    largestBlockTokens,
    distance,
  } = maskStatistics(masks, {grid: [2, 4]});
  assert.deepEqual([n, smallestRatio, largestRatio, blocks, largestBlockTokens], [3, 0, 0.75, 1, 3.5]);
  close(
    [ratio, blockTokens, distance],
    [1 / 3, 8 / 3, (1 + (Math.sqrt(5) + Math.SQRT2 + 1 + 2 + 1 + 1) / 6) / 2],
    1e-6,
  );
});

test('masks of another grid, of everything and of nothing are refused', () => {
  assert.throws(
    () => maskStatistics(maskOf(['##..']), {grid: [2, 4]}),
    /^RangeError: maskStatistics: expected masks of 2 × 4 tokens, got \[1,4\]/,
  );
  for (const rows of [['####'], ['....']])
    assert.throws(
      () => maskStatistics(maskOf(rows), {grid: [1, 4]}),
      /^RangeError: maskStatistics: expected masks that hide something and leave something, got shares of /,
    );
  assert.throws(
    () => maskStatistics(maskOf(['##..']), {grid: [1, 4], patch: 0.5}),
    /^RangeError: maskStatistics: expected a whole number of pixels from 1, got 0.5/,
  );
});
