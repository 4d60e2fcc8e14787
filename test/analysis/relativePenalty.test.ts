import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {relativePenalty} from '../../lib/analysis/relativePenalty';
import {tf} from '../../lib/engine/tf';
import {contrastive} from '../../lib/losses/contrastive';
import {close} from '../close';
import {flat} from '../flat';
import {anySimilarities, similaritiesOf} from '../losses/sample';

const temperatures = fc.double({min: 0.02, max: 5, noNaN: true});

test('shares add up to 1 and rise with similarity', () => {
  fc.assert(
    fc.property(anySimilarities, temperatures, ({negatives}, temperature) => {
      const r = relativePenalty(tf.tensor2d(negatives), {temperature}).arraySync();
      close(
        r.map(row => row.reduce((sum, share) => sum + share, 0)),
        r.map(() => 1),
        1e-5,
      );
      r.forEach((row, i) =>
        row.forEach((a, j) => row.forEach((b, k) => assert.ok(negatives[i]![j]! > negatives[i]![k]! ? a >= b : true))),
      );
    }),
    {numRuns: 50},
  );
});

test('is the gradient by a negative over the gradient by the positive, with the opposite sign', () => {
  fc.assert(
    fc.property(anySimilarities, fc.double({min: 0.2, max: 5, noNaN: true}), ({positive, negatives}, temperature) => {
      tf.tidy(() => {
        const similarities = similaritiesOf(positive, negatives);
        const [byPositive, byNegatives] = tf.grads((p: tf.Tensor, s: tf.Tensor) =>
          contrastive({positive: p as tf.Tensor1D, negatives: s as tf.Tensor2D}, {temperature}),
        )([similarities.positive, similarities.negatives]);
        close(
          relativePenalty(similarities.negatives, {temperature}).dataSync(),
          byNegatives!.div(byPositive!.expandDims(1)).neg().dataSync(),
          1e-4,
        );
      });
    }),
    {numRuns: 30},
  );
});

test('the ratio of two shares is e^(Δs/τ); 1/m for all alike; all on the nearest at a small τ', async () => {
  const [[a, b]] = relativePenalty(tf.tensor2d([[0.5, 0.2, -1]]), {temperature: 0.1}).arraySync() as [[number, number]];
  close([a / b], [Math.exp(3)], 1e-5);
  close(
    (await flat(() => relativePenalty(tf.fill([2, 4], 0.3), {temperature: tf.scalar(0.05)}), 3)).dataSync(),
    new Array<number>(8).fill(0.25),
    1e-6,
  ); // and the similarities and τ
  close(relativePenalty(tf.tensor2d([[0.1, 0.3, 0.2]]), {temperature: 1e-3}).dataSync(), [0, 1, 0], 1e-6);
});

test('no negatives and τ ≤ 0 are refused', () => {
  assert.throws(
    () => relativePenalty(tf.zeros([3, 0]), {temperature: 1}),
    /^RangeError: relativePenalty: expected similarities \[n, m\] with negatives, n and m ≥ 1, got \[3,0\]/,
  );
  assert.throws(
    () => relativePenalty(tf.zeros([3, 2]), {temperature: 0}),
    /^RangeError: relativePenalty: expected temperature > 0, got 0/,
  );
});
