import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {contrastive} from '../../lib/losses/contrastive';
import {debiased} from '../../lib/losses/debiased';
import {close} from '../close';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

test('without a share of the own class it is the contrastive loss', () => {
  fc.assert(
    fc.property(anySimilarities, fc.double({min: 0.05, max: 2, noNaN: true}), ({positive, negatives}, temperature) => {
      const similarities = similaritiesOf(positive, negatives);
      close(
        debiased(similarities, {temperature, classShare: 0}).dataSync(),
        contrastive(similarities, {temperature}).dataSync(),
        1e-5,
      );
    }),
    {numRuns: 40},
  );
});

test('equals the equation in double precision, bound and all', () => {
  fc.assert(
    fc.property(
      anySimilarities,
      fc.double({min: 0.2, max: 2, noNaN: true}),
      fc.double({min: 0, max: 0.8, noNaN: true}),
      ({positive, negatives}, τ, share) => {
        const loss = (p: number, row: number[]) => {
          const m = row.length;
          const estimate =
            (row.reduce((sum, s) => sum + Math.exp(s / τ), 0) - share * m * Math.exp(p / τ)) / (1 - share);
          return Math.log(1 + Math.max(estimate, m * Math.exp(-1 / τ)) / Math.exp(p / τ));
        };
        close(
          debiased(similaritiesOf(positive, negatives), {temperature: τ, classShare: share}).dataSync(),
          [mean(positive.map((p, i) => loss(p, negatives[i]!)))],
          1e-4,
        );
      },
    ),
    {numRuns: 60},
  );
});

test('similarities all alike give log(m + 1); a positive nearer than all negatives the bound, m e^(−1/τ)', () => {
  close(debiased(alike(0.5), {classShare: 0.3}).dataSync(), [Math.log(8)], 1e-5);
  close(
    debiased(similaritiesOf([1], [[0.9, 0.8]]), {temperature: 0.5, classShare: 0.9}).dataSync(),
    [Math.log(1 + 2 * Math.exp(-4))],
    1e-5,
  );
});

test('a share below 0 or of 1 is refused', () => {
  for (const classShare of [-0.1, 1, NaN])
    assert.throws(
      () => debiased(alike(0), {classShare}),
      new RegExp(`^RangeError: debiased: expected classShare from 0 to below 1, got ${classShare}`),
    );
});
