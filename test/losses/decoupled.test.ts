import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {contrastive} from '../../lib/losses/contrastive';
import {decoupled} from '../../lib/losses/decoupled';
import type {Similarities} from '../../lib/losses/similarities';
import {close} from '../close';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

test('similarities that are all alike give log m, weighted or not', () => {
  close(decoupled(alike(0.4)).dataSync(), [Math.log(7)], 1e-5);
  close(decoupled(alike(0.4), {weightWidth: 0.5}).dataSync(), [Math.log(7)], 1e-5);
});

test('of one anchor, the contrastive loss is its softplus; the weights are 2 − softmax times n', () => {
  fc.assert(
    fc.property(anySimilarities, fc.double({min: 0.1, max: 2, noNaN: true}), ({positive, negatives}, τ) => {
      const one = similaritiesOf(positive.slice(0, 1), negatives.slice(0, 1));
      close(
        tf.softplus(decoupled(one, {temperature: τ})).dataSync(),
        contrastive(one, {temperature: τ}).dataSync(),
        1e-5,
      );
      const all = similaritiesOf(positive, negatives);
      const average = mean(positive.map(p => Math.exp(p / 0.7)));
      // w − 1 = 1 − e^(s/σ) / mean
      const added = mean(positive.map(p => ((Math.exp(p / 0.7) / average - 1) * p) / τ));
      close(
        decoupled(all, {temperature: τ, weightWidth: 0.7})
          .sub(decoupled(all, {temperature: τ}))
          .dataSync(),
        [added],
        2e-5,
      );
    }),
    {numRuns: 40},
  );
});

test('however easy the positive, it is pulled by 1/τ and the negatives pushed by as much', () => {
  const by = ({positive, negatives}: Similarities) =>
    tf.grads((p: tf.Tensor, s: tf.Tensor) =>
      decoupled({positive: p as tf.Tensor1D, negatives: s as tf.Tensor2D}, {temperature: 0.2}),
    )([positive, negatives]);
  for (const p of [-1, 0.2, 1]) {
    const [byPositive, byNegatives] = by(similaritiesOf([p], [[0.1, -0.4]]));
    close([byPositive!.dataSync()[0]!, byNegatives!.sum().dataSync()[0]!], [-5, 5], 1e-5);
  }
});

test('a width of 0 is refused', () => {
  assert.throws(() => decoupled(alike(0), {weightWidth: 0}), /^RangeError: decoupled: expected weightWidth > 0, got 0/);
});
