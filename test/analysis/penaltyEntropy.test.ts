import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {penaltyEntropy} from '../../lib/analysis/penaltyEntropy';
import {relativePenalty} from '../../lib/analysis/relativePenalty';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import {anySimilarities} from '../losses/sample';

const entropy = (negatives: number[][], temperature: number) =>
  penaltyEntropy(tf.tensor2d(negatives), {temperature}).dataSync()[0]!;

test('rises with τ, from 0 to log m', () => {
  fc.assert(
    fc.property(
      anySimilarities,
      fc.double({min: 0.02, max: 5, noNaN: true}),
      fc.double({min: 1.05, max: 10, noNaN: true}),
      ({negatives}, τ, factor) => {
        const [low, high] = [entropy(negatives, τ), entropy(negatives, τ * factor)];
        assert.ok(
          high >= low - 1e-6 && low >= -1e-6 && high <= Math.log(negatives[0]!.length) + 1e-6,
          `${low} at τ = ${τ}, ${high} at ${τ * factor}`,
        );
      },
    ),
    {numRuns: 60},
  );
  const some = uniform(key(1), [5, 40]).arraySync();
  const curve = [0.01, 0.05, 0.1, 0.3, 1, 10].map(τ => entropy(some, τ));
  assert.ok(
    curve.every((value, i) => i === 0 || value > curve[i - 1]!),
    `${curve}`,
  );
});

test('log m when all are as near, 0 at a small τ, log 2 for two that are nearest', () => {
  close(
    [entropy([[0.3, 0.3, 0.3]], 0.1), entropy([[0.1, 0.3, 0.2]], 1e-3), entropy([[0.3, 0.3, -0.2]], 1e-3)],
    [Math.log(3), 0, Math.LN2],
    1e-5,
  );
});

test('is the entropy of the relative penalties; nothing is left', async () => {
  const negatives = uniform(key(2), [6, 30]) as tf.Tensor2D;
  const r = [...relativePenalty(negatives, {temperature: 0.2}).dataSync()];
  close(
    (await flat(() => penaltyEntropy(negatives, {temperature: 0.2}), 1)).dataSync(),
    [-r.reduce((sum, p) => sum + p * Math.log(p), 0) / 6],
    1e-5,
  );
  assert.throws(
    () => penaltyEntropy(negatives, {temperature: -1}),
    /^RangeError: penaltyEntropy: expected temperature > 0, got -1/,
  );
});
