import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {penaltyByRank} from '../../lib/analysis/penaltyByRank';
import {relativePenalty} from '../../lib/analysis/relativePenalty';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import {anySimilarities, mean} from '../losses/sample';

test("mean of each anchor's penalties, sorted; shares add up to 1", async () => {
  await fc.assert(
    fc.asyncProperty(anySimilarities, fc.double({min: 0.02, max: 5, noNaN: true}), async ({negatives}, temperature) => {
      const similarities = tf.tensor2d(negatives);
      const sorted = relativePenalty(similarities, {temperature})
        .arraySync()
        .map(row => row.sort((a, b) => b - a));
      const shares = await flat(() => penaltyByRank(similarities, {temperature}));
      close(
        shares,
        sorted[0]!.map((_, rank) => mean(sorted.map(row => row[rank]!))),
        1e-5,
      );
      close([shares.reduce((sum, share) => sum + share, 0)], [1], 1e-5);
    }),
    {numRuns: 30},
  );
});

test('pieces do not show; the order of negatives does not matter', async () => {
  const one = uniform(key(1), [1, 700]) as tf.Tensor2D;
  const shares = await penaltyByRank(one, {temperature: 0.1});
  // two pieces and a rest
  close(await penaltyByRank(one.tile([3000, 1]), {temperature: 0.1}), shares, 1e-5);
  close(await penaltyByRank(one.reverse(1), {temperature: 0.1}), shares, 1e-6);
  assert.ok(shares.every((share, i) => i === 0 || share <= shares[i - 1]!));
});

test('1/m each when all are as near; an abort ends it with its reason', async () => {
  close(await penaltyByRank(tf.fill([3, 5], 0.2), {temperature: 0.07}), [0.2, 0.2, 0.2, 0.2, 0.2], 1e-6);
  await assert.rejects(
    penaltyByRank(tf.zeros([3, 5]), {temperature: 1, signal: AbortSignal.abort(new Error('stop'))}),
    /^Error: stop/,
  );
  await assert.rejects(
    penaltyByRank(tf.zeros([3, 0]), {temperature: 1}),
    /^RangeError: penaltyByRank: expected similarities \[n, m\] with negatives, n and m ≥ 1, got \[3,0\]/,
  );
});
