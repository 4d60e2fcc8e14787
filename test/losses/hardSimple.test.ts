import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {hardSimple} from '../../lib/losses/hardSimple';
import {simple} from '../../lib/losses/simple';
import {close} from '../close';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

test('with all negatives it is the simple loss, with one it is s_max − s_ii', () => {
  fc.assert(
    fc.property(anySimilarities, ({positive, negatives}) => {
      const [similarities, m] = [similaritiesOf(positive, negatives), negatives[0]!.length];
      close(hardSimple(similarities, {nearest: m}).dataSync(), simple(similarities).dataSync(), 1e-5);
      close(
        hardSimple(similarities, {nearest: m, weight: 0.3}).dataSync(),
        simple(similarities, {weight: 0.3}).dataSync(),
        1e-5,
      );
      close(
        hardSimple(similarities, {nearest: 1}).dataSync(),
        [mean(positive.map((p, i) => Math.max(...negatives[i]!) - p))],
        1e-5,
      );
    }),
    {numRuns: 40},
  );
});

test('the nearest are pushed alike, the others not', () => {
  const g = tf.grad((negatives: tf.Tensor) =>
    hardSimple({positive: tf.tensor1d([0.5]), negatives: negatives as tf.Tensor2D}, {share: 0.5}),
  )(tf.tensor2d([[0.1, 0.9, -0.3, 0.4]]));
  close(g.dataSync(), [0, 0.5, 0, 0.5], 1e-6);
});

test('a bank smaller than K and a negative weight are refused', () => {
  assert.throws(
    () => hardSimple(alike(0), {nearest: 8}),
    /^RangeError: hardSimple: expected nearest to be at most 7, the number of negatives, got 8: the bank is smaller than K$/,
  );
  assert.throws(() => hardSimple(alike(0), {weight: -0.1}), /^RangeError: hardSimple: expected weight ≥ 0, got -0\.1/);
});
