import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {correlatedGaussians, gaussianCorrelation, gaussianInformation} from '../../lib/information/correlatedGaussians';

test('ρ of 20 dimensions is that of the references, and leads back to I', () => {
  for (const [information, ρ] of [
    [2, 0.425757],
    [4, 0.574178],
    [6, 0.671706],
    [8, 0.742072],
    [10, 0.79506],
  ] as const) {
    assert.ok(Math.abs(gaussianCorrelation(information, 20) - ρ) < 1e-6);
    assert.ok(Math.abs(gaussianInformation(gaussianCorrelation(information, 20), 20) - information) < 1e-9);
  }
});

test('pairs have the moments that were asked for; the log ratio has the mean of the truth, cubed or not', () => {
  for (const cubic of [false, true]) {
    const truth = correlatedGaussians({dimensions: 3, cubic});
    const correlation = tf.scalar(gaussianCorrelation(1.5, 3));
    const {x, y} = truth.sample(key(5), 4000, correlation);
    const ratio = tf.tidy(() => truth.logRatio(x, y, correlation).mul(tf.eye(4000)).sum(1).mean().dataSync()[0]!);
    assert.ok(Math.abs(ratio - 1.5) < 0.06, `${ratio}`);
    if (cubic) continue;
    const ρ = tf.tidy(() => x.mul(y).mean().dataSync()[0]!);
    assert.ok(
      Math.abs(ρ - gaussianCorrelation(1.5, 3)) < 0.02 &&
        Math.abs(tf.tidy(() => y.square().mean().dataSync()[0]!) - 1) < 0.03,
    );
  }
  assert.throws(() => correlatedGaussians({dimensions: 0}), /expected dimensions a whole number from 1, got 0/);
});
