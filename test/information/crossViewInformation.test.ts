import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {cosineCeiling, crossViewInformation} from '../../lib/information/crossViewInformation';

test('orthogonal pairs and pairs that are all alike have the closed forms', () => {
  const eye = tf.eye(8);
  const {information, logK} = crossViewInformation(eye, eye.mul(3), {temperature: 0.5});
  assert.ok(Math.abs(information - (Math.log(8) - Math.log(1 + 7 * Math.exp(-2)))) < 1e-5, `${information}`);
  assert.equal(logK, Math.log(8));
  const alike = tf.ones<tf.Rank.R2>([8, 4]);
  assert.ok(Math.abs(crossViewInformation(alike, alike, {temperature: 0.1}).information) < 1e-5);
});

test('is the cross-entropy over second views alone, in both directions, group by group', () => {
  const [first, second] = [normal(key(1), [10, 5]), normal(key(2), [10, 5])] as [tf.Tensor2D, tf.Tensor2D];
  const [a, b] = [first, second].map(rows =>
    rows.arraySync().map(row => row.map(value => value / Math.hypot(...row))),
  ) as [number[][], number[][]];
  const [k, τ] = [4, 0.3];
  let loss = 0;
  for (const start of [0, 4])
    for (let i = start; i < start + k; i++)
      for (const [x, y] of [
        [a, b],
        [b, a],
      ] as const) {
        // pairs 8 and 9 are left over
        const scores = Array.from(
          {length: k},
          (_, j) => x[i]!.reduce((sum, value, d) => sum + value * y[start + j]![d]!, 0) / τ,
        );
        loss += Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0)) - scores[i - start]!;
      }
  const {information} = crossViewInformation(first, second, {temperature: τ, k});
  assert.ok(Math.abs(information - (Math.log(k) - loss / 16)) < 1e-5, `${information}`);
});

test('never passes the ceiling of cosines, which lies below log K', () => {
  assert.ok(Math.abs(cosineCeiling(511, 1) - 1.99) < 0.005);
  const opposite = tf.tensor2d([
    [1, 0],
    [-1, 0],
  ]);
  const {information, cosineCeiling: ceiling, logK} = crossViewInformation(opposite, opposite, {temperature: 1});
  assert.ok(Math.abs(information - ceiling) < 1e-5 && ceiling < logK, `${information}, ${ceiling}, ${logK}`);
});

test('refuses in one line what it cannot measure', () => {
  const rows = tf.ones<tf.Rank.R2>([4, 3]);
  assert.throws(
    () => crossViewInformation(rows, rows, {temperature: 0.1, k: 5}),
    /^RangeError: crossViewInformation: expected K from 2 to the 4 pairs, got 5: choose a smaller K, or give more pairs$/,
  );
  assert.throws(
    () => crossViewInformation(rows, tf.ones([3, 3]), {temperature: 0.1}),
    /expected two views of the same pairs, got \[4,3\] and \[3,3\]/,
  );
  assert.throws(() => crossViewInformation(rows, rows, {temperature: 0}), /expected temperature > 0, got 0/);
  assert.throws(
    () => crossViewInformation(rows.mul(NaN), rows, {temperature: 0.1}),
    /expected finite projections, got a loss of NaN/,
  );
});
