import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {nearestNegatives, type NearestNegativesOptions} from '../../lib/losses/nearestNegatives';
import {anySimilarities} from './sample';

const chosen = (negatives: tf.Tensor2D, options: NearestNegativesOptions) =>
  Array.from(nearestNegatives('test', negatives, options).dataSync(), Boolean);
const counts = (m: number, options: NearestNegativesOptions) =>
  chosen(uniform(key(m), [1, m]) as tf.Tensor2D, options).filter(Boolean).length;

test('those at least as near as the K-th count, ties with it as well', () => {
  fc.assert(
    fc.property(anySimilarities, fc.nat(), ({negatives}, seed) => {
      const k = 1 + (seed % negatives[0]!.length);
      const expected = negatives.flatMap(row => row.map(s => s >= [...row].sort((a, b) => b - a)[k - 1]!));
      assert.deepEqual(chosen(tf.tensor2d(negatives), {nearest: k}), expected);
    }),
    {numRuns: 50},
  );
});

test('a share is one of the negatives there are: .0819 of 50,000 is 4,095, of 510 it is 42, at least one', () => {
  assert.equal(counts(50_000, {}), 4095);
  assert.equal(counts(50_000, {share: 0.0819}), 4095);
  assert.equal(counts(510, {}), 42);
  assert.equal(counts(3, {}), 1);
  assert.equal(counts(10, {share: 1}), 10);
});

test('a bank smaller than K, both options and shares of nothing are refused in one line', () => {
  const negatives = tf.zeros<tf.Rank.R2>([2, 20]);
  const refused = (options: NearestNegativesOptions, message: RegExp) =>
    assert.throws(() => nearestNegatives('hardContrastive', negatives, options), message);
  refused(
    {nearest: 4095},
    /^RangeError: hardContrastive: expected nearest to be at most 20, the number of negatives, got 4095: the bank is smaller than K$/,
  );
  refused({nearest: 3, share: 0.1}, /^RangeError: hardContrastive: expected nearest or share, got both, 3 and 0\.1$/);
  refused({nearest: 0}, /^RangeError: hardContrastive: expected nearest a whole number from 1, got 0$/);
  refused({nearest: 2.5}, /expected nearest a whole number from 1, got 2\.5$/);
  for (const share of [0, -1, 1.5, NaN])
    refused({share}, new RegExp(`expected share above 0 and up to 1, got ${share}$`));
});
