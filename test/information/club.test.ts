import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {club} from '../../lib/information/club';
import {correlatedGaussians, gaussianCorrelation} from '../../lib/information/correlatedGaussians';
import {fixedScores, isNear} from './referenceScores';

test('is the formula of the paper, and terms of y alone change nothing', () => {
  for (const {name, scores, logBaseline, expected} of fixedScores) {
    isNear(club(scores), expected.club, name);
    isNear(club(scores.add(logBaseline)), expected.club, name);
  }
});

test('with the true conditional of Gaussians it is dρ²/(1 − ρ²) within 2 %, above the truth', () => {
  const truth = correlatedGaussians();
  for (const [information, expected] of [
    [2, 4.43],
    [4, 9.84],
  ] as const) {
    const correlation = tf.scalar(gaussianCorrelation(information, 20));
    const {x, y} = truth.sample(key(information), 4000, correlation);
    // log p(y|x) and a term of y alone
    const estimate = club(truth.logRatio(x, y, correlation)).dataSync()[0]!;
    const exact = (20 * gaussianCorrelation(information, 20) ** 2) / (1 - gaussianCorrelation(information, 20) ** 2);
    assert.ok(Math.abs(exact - expected) < 0.005);
    assert.ok(Math.abs(estimate - exact) < 0.02 * exact, `${estimate} and ${exact}`);
    tf.dispose([x, y]);
  }
});
