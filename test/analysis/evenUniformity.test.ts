import assert from 'node:assert/strict';
import {test} from 'node:test';
import {evenUniformity} from '../../lib/analysis/evenUniformity';
import {uniformity} from '../../lib/analysis/uniformity';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';

test('closed forms on the circle and the sphere, for any t', () => {
  const bessel = (x: number) =>
    Array.from({length: 60}, (_, k) => k).reduce(
      ({sum, term}, k) => ({sum: sum + term, term: (term * (x / 2) ** 2) / (k + 1) ** 2}),
      {sum: 0, term: 1},
    ).sum; // I₀
  for (const t of [0.5, 2, 5])
    close(
      [evenUniformity(2, {t}), evenUniformity(3, {t})],
      [2 * t - Math.log(bessel(2 * t)), Math.log((4 * t) / (1 - Math.exp(-4 * t)))],
      1e-6,
    );
  close([evenUniformity(128)], [3.9375], 1e-4);
});

test('many points drawn evenly come near it', () => {
  for (const d of [2, 3, 10, 128])
    tf.tidy(() => close(uniformity(normal(key(d), [3000, d])).dataSync(), [evenUniformity(d)], 4e-3));
});

test('no sphere, or no kernel', () => {
  assert.throws(
    () => evenUniformity(1),
    /^RangeError: evenUniformity: expected dimensions a whole number from 2, got 1/,
  );
  assert.throws(() => evenUniformity(2, {t: 0}), /^RangeError: evenUniformity: expected t > 0, got 0/);
});
