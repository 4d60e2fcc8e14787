import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {ntLogistic} from '../../lib/losses/ntLogistic';
import {close} from '../close';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

const softplus = (x: number) => Math.log1p(Math.exp(x));

test('binary cross-entropies of the positive and the mean negative, or the nearest beyond the positive', () => {
  fc.assert(
    fc.property(anySimilarities, fc.double({min: 0.1, max: 2, noNaN: true}), ({positive, negatives}, temperature) => {
      const similarities = similaritiesOf(positive, negatives);
      const loss = (chosen: (row: number[], p: number) => number[]) =>
        mean(
          positive.map(
            (p, i) =>
              softplus(-p / temperature) + mean([...chosen(negatives[i]!, p).map(s => softplus(s / temperature))]),
          ),
        );
      close(ntLogistic(similarities, {temperature}).dataSync(), [loss(row => row)], 1e-5);
      // −∞ without any: softplus 0
      const further = (row: number[], p: number) => [Math.max(...row.filter(s => s < p))];
      close(ntLogistic(similarities, {temperature, semiHard: true}).dataSync(), [loss(further)], 1e-5);
    }),
    {numRuns: 60},
  );
});

test('cosines of 0 give 2 log 2', () => {
  close(ntLogistic(alike(0)).dataSync(), [2 * Math.LN2], 1e-6);
  // none is further away than the positive
  close(ntLogistic(alike(0), {semiHard: true}).dataSync(), [Math.LN2], 1e-6);
});

test("gradients are those of SimCLR's table: −σ(−s_ii/τ)/τ and σ(s_ij/τ)/τ", () => {
  const τ = 0.2;
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const [positive, negatives] = [tf.tensor1d([0.5]), tf.tensor2d([[0.6, 0.4, 0.3]])];
  const by = (semiHard: boolean) =>
    tf.grads((p: tf.Tensor, s: tf.Tensor) =>
      ntLogistic({positive: p as tf.Tensor1D, negatives: s as tf.Tensor2D}, {temperature: τ, semiHard}),
    )([positive, negatives]);
  const [byPositive, byNegatives] = by(false);
  close(byPositive!.dataSync(), [-sigmoid(-0.5 / τ) / τ], 1e-5);
  close(
    byNegatives!.dataSync(),
    [0.6, 0.4, 0.3].map(s => sigmoid(s / τ) / τ / 3),
    1e-5,
  );
  close(by(true)[1]!.dataSync(), [0, sigmoid(0.4 / τ) / τ, 0], 1e-5);
});
