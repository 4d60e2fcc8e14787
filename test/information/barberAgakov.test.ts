import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {barberAgakov, normalEntropy} from '../../lib/information/barberAgakov';
import {correlatedGaussians, gaussianCorrelation} from '../../lib/information/correlatedGaussians';

test('is tight with the true conditional of Gaussians, and below the truth with another', () => {
  const d = 5;
  const ρ = gaussianCorrelation(2, d);
  const {x, y} = correlatedGaussians({dimensions: d}).sample(key(1), 50_000, tf.scalar(ρ));
  const estimate = (slope: number) => {
    const variance = 1 - ρ * ρ;
    const logConditional = x
      .sub(y.mul(slope))
      .square()
      .div(-2 * variance)
      .sub(Math.log(2 * Math.PI * variance) / 2)
      .sum(1) as tf.Tensor1D;
    return barberAgakov(normalEntropy(d), logConditional).dataSync()[0]!;
  };
  assert.ok(Math.abs(estimate(ρ) - 2) < 0.03, `${estimate(ρ)}`);
  assert.ok(estimate(0.5 * ρ) < 1.7, `${estimate(0.5 * ρ)}`);
  assert.throws(() => barberAgakov(1, tf.zeros([0])), /expected at least one value, got none/);
});
