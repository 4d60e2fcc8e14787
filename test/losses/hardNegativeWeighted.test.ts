import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {contrastive} from '../../lib/losses/contrastive';
import {debiased} from '../../lib/losses/debiased';
import {hardNegativeWeighted} from '../../lib/losses/hardNegativeWeighted';
import {close} from '../close';
import {alike, anySimilarities, similaritiesOf} from './sample';

test('with β = 0 it is the debiased loss; a small β is near it', () => {
  fc.assert(
    fc.property(anySimilarities, fc.double({min: 0.1, max: 2, noNaN: true}), ({positive, negatives}, temperature) => {
      const similarities = similaritiesOf(positive, negatives);
      const expected = debiased(similarities, {temperature, classShare: 0.05}).dataSync();
      close(
        hardNegativeWeighted(similarities, {temperature, classShare: 0.05, concentration: 0}).dataSync(),
        expected,
        1e-6,
      );
      close(
        hardNegativeWeighted(similarities, {temperature, classShare: 0, concentration: 1e-5}).dataSync(),
        contrastive(similarities, {temperature}).dataSync(),
        5e-4,
      );
    }),
    {numRuns: 30},
  );
});

test('a larger β never costs less; a very large one counts the nearest m times', () => {
  fc.assert(
    fc.property(anySimilarities, ({positive, negatives}) => {
      const similarities = similaritiesOf(positive, negatives);
      const at = (concentration: number) =>
        hardNegativeWeighted(similarities, {temperature: 0.5, concentration}).dataSync()[0]!;
      assert.ok(at(0.5) >= at(0) - 1e-5 && at(2) >= at(0.5) - 1e-5);
      const m = negatives[0]!.length;
      const nearest = similaritiesOf(
        positive,
        negatives.map(row => new Array<number>(m).fill(Math.max(...row))),
      );
      assert.ok(at(1e6) <= debiased(nearest, {temperature: 0.5}).dataSync()[0]! + 1e-4);
    }),
    {numRuns: 30},
  );
  const [some, most] = [similaritiesOf([0.4], [[0.3, 0.1, -0.2]]), similaritiesOf([0.4], [[0.3, 0.3, 0.3]])];
  close(hardNegativeWeighted(some, {concentration: 1e4}).dataSync(), debiased(most).dataSync(), 1e-5);
});

test('similarities that are all alike give log(m + 1)', () => {
  close(hardNegativeWeighted(alike(0.5), {classShare: 0.3, concentration: 2}).dataSync(), [Math.log(8)], 1e-5);
});

test('β below 0 and a share of 1 are refused', () => {
  assert.throws(
    () => hardNegativeWeighted(alike(0), {concentration: -1}),
    /^RangeError: hardNegativeWeighted: expected concentration ≥ 0, got -1/,
  );
  assert.throws(
    () => hardNegativeWeighted(alike(0), {classShare: 1}),
    /^RangeError: hardNegativeWeighted: expected classShare from 0 to below 1, got 1/,
  );
});
