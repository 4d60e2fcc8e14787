import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {noiseContrastive, normaliser} from '../../lib/losses/noiseContrastive';
import {close} from '../close';
import {flat} from '../flat';
import {alike, anySimilarities, mean, similaritiesOf} from './sample';

test('similarities that are all alike, with their own Z, give log(m + 1) + m log(1 + 1/m)', () => {
  const z = normaliser(alike(0.4));
  close(z.log().dataSync(), [Math.log(8) + 0.4 / 0.07], 1e-5);
  close(noiseContrastive(alike(0.4), {normaliser: z}).dataSync(), [Math.log(8) + 7 * Math.log(8 / 7)], 1e-5);
});

test('equals the two kinds of answers in double precision, for any Z', () => {
  fc.assert(fc.property(anySimilarities, fc.double({min: 0.3, max: 2, noNaN: true}), fc.double({min: 0.1, max: 50, noNaN: true}), ({positive, negatives}, τ, z) => {
    const m = negatives[0]!.length;
    const noise = m / (m + 1);
    const p = (s: number) => Math.exp(s / τ) / z;
    const expected = mean(positive.map((own, i) => -Math.log(p(own) / (p(own) + noise)) - negatives[i]!.reduce((sum, s) => sum + Math.log(noise / (p(s) + noise)), 0)));
    close(noiseContrastive(similaritiesOf(positive, negatives), {normaliser: tf.scalar(z), temperature: τ}).dataSync(), [expected], 1e-5);
    const all = positive.flatMap((own, i) => [own, ...negatives[i]!]);
    close(normaliser(similaritiesOf(positive, negatives), {temperature: τ}).dataSync(), [(m + 1) * mean(all.map(s => Math.exp(s / τ)))], 1e-5);
  }), {numRuns: 40});
});

test('no gradient flows through Z; each leaves one tensor; a temperature of 0 is refused', async () => {
  const given = similaritiesOf([0.3], [[0.1, -0.2]]);
  const gradient = tf.grad((p: tf.Tensor) => normaliser({...given, positive: p as tf.Tensor1D}).add(p.mul(0).sum()))(given.positive);
  close(gradient.dataSync(), [0], 0);
  const one = tf.scalar(1);
  await flat(() => [normaliser(given), noiseContrastive(given, {normaliser: one})], 2);
  assert.throws(() => noiseContrastive(given, {normaliser: one, temperature: 0}), /^RangeError: noiseContrastive: expected temperature > 0, got 0/);
});
