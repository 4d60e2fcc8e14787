import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {simple} from '../../lib/losses/simple';
import {close} from '../close';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

test('the mean negative less the positive; 0 for similarities that are all alike, −2 and 2 at the ends', () => {
  fc.assert(
    fc.property(anySimilarities, ({positive, negatives}) => {
      close(
        simple(similaritiesOf(positive, negatives)).dataSync(),
        [mean(positive.map((p, i) => mean(negatives[i]!) - p))],
        1e-5,
      );
    }),
    {numRuns: 40},
  );
  close(simple(alike(0.7)).dataSync(), [0], 1e-6);
  close(
    [simple(similaritiesOf([1], [[-1, -1]])), simple(similaritiesOf([-1], [[1, 1]]))].map(loss => loss.dataSync()[0]!),
    [-2, 2],
    1e-6,
  );
});

test('λ weighs each negative: all are pushed alike', () => {
  close(simple(similaritiesOf([0.5], [[0.1, 0.2, 0.3]]), {weight: 2}).dataSync(), [0.7], 1e-6);
  const g = tf.grad((negatives: tf.Tensor) =>
    simple({positive: tf.tensor1d([0.5]), negatives: negatives as tf.Tensor2D}),
  )(tf.tensor2d([[0.1, 0.9, -0.3, 0]]));
  close(g.dataSync(), [0.25, 0.25, 0.25, 0.25], 1e-6);
});

test('a negative weight is refused', () => {
  assert.throws(() => simple(alike(0), {weight: -1}), /^RangeError: simple: expected weight ≥ 0, got -1/);
});
