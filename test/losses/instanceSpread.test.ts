import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {instanceSpread} from '../../lib/losses/instanceSpread';
import type {Similarities} from '../../lib/losses/similarities';
import {close} from '../close';
import {flat} from '../flat';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

test('similarities that are all alike give log(m + 1) − m log(1 − 1/(m + 1))', () => {
  close(instanceSpread(alike(0.4)).dataSync(), [Math.log(8) - 7 * Math.log(7 / 8)], 1e-5);
});

test('equals the sum of −log P(positive) and −log(1 − P(negative)) in double precision', () => {
  fc.assert(
    fc.property(
      anySimilarities.filter(({negatives}) => negatives[0]!.length > 1),
      fc.double({min: 0.3, max: 2, noNaN: true}),
      ({positive, negatives}, τ) => {
        const expected = mean(
          positive.map((p, i) => {
            const total = [p, ...negatives[i]!].reduce((sum, s) => sum + Math.exp(s / τ), 0);
            return (
              -Math.log(Math.exp(p / τ) / total) -
              negatives[i]!.reduce((sum, s) => sum + Math.log(1 - Math.exp(s / τ) / total), 0)
            );
          }),
        );
        close(instanceSpread(similaritiesOf(positive, negatives), {temperature: τ}).dataSync(), [expected], 1e-4);
      },
    ),
    {numRuns: 40},
  );
});

test('a small τ does not round a small loss', () => {
  const weights = [1, Math.exp(-10), Math.exp(-12)];
  const total = weights.reduce((sum, w) => sum + w);
  // 1.03e-4
  const expected = weights.reduce((sum, w, i) => sum - Math.log(i === 0 ? w / total : 1 - w / total), 0);
  close(instanceSpread(similaritiesOf([1], [[0.9, 0.88]]), {temperature: 0.01}).dataSync(), [expected], 3e-7);
});

test('a negative that takes all of the probability gives finite numbers; no tensor is left', async () => {
  const worst = similaritiesOf([-1], [[1, -1]]);
  const gradient = ({positive, negatives}: Similarities) =>
    tf.grads((p: tf.Tensor, s: tf.Tensor) =>
      instanceSpread({positive: p as tf.Tensor1D, negatives: s as tf.Tensor2D}, {temperature: 0.05}),
    )([positive, negatives]);
  const [byPositive, byNegatives] = gradient(worst);
  assert.ok([...byPositive!.dataSync(), ...byNegatives!.dataSync()].every(Number.isFinite));
  // together, and apart
  assert.ok(byPositive!.dataSync()[0]! < 0 && byNegatives!.dataSync()[0]! > 0);
  await flat(() => instanceSpread(worst), 1);
});

test('a single negative and a temperature of 0 are refused', () => {
  assert.throws(
    () => instanceSpread(similaritiesOf([0], [[1]])),
    /^RangeError: instanceSpread: expected at least 2 negatives, got \[1,1\]/,
  );
  assert.throws(
    () => instanceSpread(alike(0), {temperature: 0}),
    /^RangeError: instanceSpread: expected temperature > 0, got 0/,
  );
});
