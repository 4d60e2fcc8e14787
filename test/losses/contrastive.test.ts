import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {contrastive} from '../../lib/losses/contrastive';
import {ntXent} from '../../lib/losses/ntXent';
import {pairSimilarities, type Similarities} from '../../lib/losses/similarities';
import {simple} from '../../lib/losses/simple';
import {close} from '../close';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

/** Gradients by both, [n] and [n, m]. */
const gradients = (loss: (similarities: Similarities) => tf.Scalar, {positive, negatives}: Similarities) =>
  tf.grads((own: tf.Tensor, others: tf.Tensor) =>
    loss({positive: own as tf.Tensor1D, negatives: others as tf.Tensor2D}),
  )([positive, negatives]);

test('of the similarities of pairs it is NT-Xent, with its gradient', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 2, max: 8}),
      fc.integer({min: 2, max: 6}),
      fc.double({min: 0.05, max: 2, noNaN: true}),
      fc.nat(),
      (n, d, temperature, seed) => {
        tf.tidy(() => {
          const z = normal(key(seed), [2 * n, d]);
          const ours = tf.valueAndGrad((projections: tf.Tensor) =>
            contrastive(pairSimilarities(projections as tf.Tensor2D), {temperature}),
          )(z);
          const theirs = tf.valueAndGrad((projections: tf.Tensor) => ntXent(projections as tf.Tensor2D, {temperature}))(
            z,
          );
          close(ours.value.dataSync(), theirs.value.dataSync(), 1e-5);
          close(ours.grad.dataSync(), theirs.grad.dataSync(), 2e-5);
        });
      },
    ),
    {numRuns: 30},
  );
});

test('similarities that are all alike give log(m + 1), at any τ', () => {
  for (const temperature of [0.01, 0.3, 5])
    close(contrastive(alike(0.8), {temperature}).dataSync(), [Math.log(8)], 1e-5);
});

test('gradients: −Σ P_ik/τ by the positive, P_ij/τ by a negative, P the softmax over all candidates', () => {
  fc.assert(
    fc.property(anySimilarities, fc.double({min: 0.05, max: 2, noNaN: true}), ({positive, negatives}, τ) => {
      tf.tidy(() => {
        const n = positive.length;
        const [byPositive, byNegatives] = gradients(
          similarities => contrastive(similarities, {temperature: τ}),
          similaritiesOf(positive, negatives),
        );
        const P = negatives.map((row, i) =>
          row.map(s => 1 / [positive[i]!, ...row].reduce((sum, other) => sum + Math.exp((other - s) / τ), 0)),
        );
        close(
          byNegatives!.dataSync(),
          P.flatMap(row => row.map(p => p / τ / n)),
          1e-5,
        ); // the loss is a mean over n anchors
        close(
          byPositive!.dataSync(),
          P.map(row => -row.reduce((sum, p) => sum + p, 0) / τ / n),
          1e-5,
        );
      });
    }),
    {numRuns: 40},
  );
});

test('τ → 0: τ times the loss becomes max(s_max − s_ii, 0)', () => {
  fc.assert(
    fc.property(anySimilarities, ({positive, negatives}) => {
      const τ = 1e-3;
      const limit = mean(positive.map((p, i) => Math.max(Math.max(...negatives[i]!) - p, 0)));
      const value = contrastive(similaritiesOf(positive, negatives), {temperature: τ}).mul(τ).dataSync();
      // candidates that are all alike are as far away as it goes: τ log(m + 1)
      close(value, [limit], τ * Math.log(10) + 1e-6);
    }),
    {numRuns: 60},
  );
});

test('τ → ∞: N τ/(N − 1) · (loss − log N) becomes the simple loss with λ = 1/(N − 1), and so does its gradient', () => {
  fc.assert(
    fc.property(anySimilarities, ({positive, negatives}) => {
      tf.tidy(() => {
        const N = negatives[0]!.length + 1;
        const similarities = similaritiesOf(positive, negatives);
        const scaled = (τ: number) => (of: Similarities) =>
          contrastive(of, {temperature: τ})
            .sub(Math.log(N))
            .mul((N * τ) / (N - 1)) as tf.Scalar;
        const limit = (of: Similarities) => simple(of, {weight: 1 / (N - 1)});
        const τ = 30;
        // next term: N/(N − 1) var(s)/(2τ), var(s) ≤ 1
        close(scaled(τ)(similarities).dataSync(), limit(similarities).dataSync(), N / (N - 1) / τ / 2 + 1e-6 * N * τ);
        gradients(scaled(1e4), similarities).forEach((gradient, i) =>
          close(gradient.dataSync(), gradients(limit, similarities)[i]!.dataSync(), 5e-4),
        );
      });
    }),
    {numRuns: 60},
  );
});

test('a nearer negative costs more, a nearer positive less', () => {
  const at = (p: number, s: number) => contrastive(similaritiesOf([p], [[s, -0.2, 0.1]])).dataSync()[0]!;
  close([Number(at(0.5, 0.6) > at(0.5, 0.5)), Number(at(0.6, 0.5) < at(0.5, 0.5))], [1, 1], 0);
});
