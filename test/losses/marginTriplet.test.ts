import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {marginTriplet} from '../../lib/losses/marginTriplet';
import {close} from '../close';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

test('the mean hinge, over all negatives or the semi-hard ones', () => {
  fc.assert(
    fc.property(anySimilarities, fc.double({min: 0.1, max: 1.5, noNaN: true}), ({positive, negatives}, margin) => {
      const fits = (s: number, p: number) => Math.abs(s - p) > 1e-6 && Math.abs(s - p + margin) > 1e-6;
      // float32 and double agree on what counts
      fc.pre(positive.every((p, i) => negatives[i]!.every(s => fits(s, p))));
      const hinge = (p: number, row: number[]) => (row.length ? mean(row.map(s => Math.max(s - p + margin, 0))) : 0);
      const similarities = similaritiesOf(positive, negatives);
      close(
        marginTriplet(similarities, {margin}).dataSync(),
        [mean(positive.map((p, i) => hinge(p, negatives[i]!)))],
        1e-5,
      );
      close(
        marginTriplet(similarities, {margin, semiHard: true}).dataSync(),
        [
          mean(
            positive.map((p, i) =>
              hinge(
                p,
                negatives[i]!.filter(s => s < p && s > p - margin),
              ),
            ),
          ),
        ],
        1e-5,
      );
    }),
    {numRuns: 60},
  );
});

test('similarities all alike give the margin, with semiHard 0; agreeing views and orthogonal images nothing', () => {
  close(marginTriplet(alike(0.3), {margin: 0.4}).dataSync(), [0.4], 1e-6);
  close(marginTriplet(alike(0.3), {margin: 0.4, semiHard: true}).dataSync(), [0], 1e-6);
  close(marginTriplet(similaritiesOf([1], [[0, -0.1, 0]])).dataSync(), [0], 1e-6);
});

test('only what counts is pushed, and pulls the positive', () => {
  const [byPositive, byNegatives] = tf.grads((positive: tf.Tensor, negatives: tf.Tensor) =>
    marginTriplet(
      {positive: positive as tf.Tensor1D, negatives: negatives as tf.Tensor2D},
      {margin: 0.3, semiHard: true},
    ),
  )([tf.tensor1d([0.5]), tf.tensor2d([[0.6, 0.4, 0.3, 0.1]])]);
  close(byNegatives!.dataSync(), [0, 0.5, 0.5, 0], 1e-6);
  close(byPositive!.dataSync(), [-1], 1e-6);
});

test('a negative margin, and none with semiHard, are refused', () => {
  assert.throws(
    () => marginTriplet(alike(0), {margin: -0.1}),
    /^RangeError: marginTriplet: expected margin ≥ 0, got -0\.1/,
  );
  assert.throws(
    () => marginTriplet(alike(0), {margin: 0, semiHard: true}),
    /^RangeError: marginTriplet: expected margin > 0 with semiHard, got 0: no negative would count/,
  );
});
