import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {sinkhorn} from '../../lib/losses/sinkhorn';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';

const {cases} = JSON.parse(fs.readFileSync(path.join(__dirname, '../reference/sinkhorn.json'), 'utf8')) as {
  cases: {m: number; k: number; epsilon: number; iterations: number; codes: number[]}[];
};

/** Turns at columns and rows, entry by entry, in double precision. */
function doubleLoop(scores: number[][], epsilon: number, iterations: number): number[][] {
  const largest = Math.max(...scores.flat());
  const q = scores.map(row => row.map(score => Math.exp((score - largest) / epsilon)));
  const [m, k] = [q.length, q[0]!.length];
  for (let turn = 0; turn < iterations; turn++) {
    for (let j = 0; j < k; j++) {
      const sum = q.reduce((total, row) => total + row[j]!, 0);
      for (const row of q) row[j]! *= m / k / sum;
    }
    for (const row of q) {
      const sum = row.reduce((total, value) => total + value, 0);
      for (let j = 0; j < k; j++) row[j]! /= sum;
    }
  }
  return q;
}

/** Sums of the rows, and of the columns. */
const sums = (codes: tf.Tensor2D) => [codes.sum(1).dataSync(), codes.sum(0).dataSync()] as const;

test("equals the authors' formula in torch", () => {
  for (const {m, k, epsilon, iterations, codes} of cases)
    close(sinkhorn(tf.tensor2d(hashed('scores', [m, k]), [m, k]), {epsilon, iterations}).dataSync(), codes, 1e-5);
});

test('equals a double loop in double precision; rows sum to 1', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 12}),
      fc.integer({min: 1, max: 9}),
      fc.constantFrom(0.03, 0.05, 0.2, 1),
      fc.integer({min: 1, max: 5}),
      fc.nat(),
      (m, k, epsilon, iterations, seed) => {
        tf.tidy(() => {
          const scores = uniform(key(seed), [m, k], {minimum: -1, maximum: 1});
          const codes = sinkhorn(scores, {epsilon, iterations});
          close(codes.dataSync(), doubleLoop(scores.arraySync(), epsilon, iterations).flat(), 2e-5);
          close(sums(codes)[0], Array(m).fill(1), 1e-6);
        });
      },
    ),
    {numRuns: 60},
  );
});

test('columns come to m/K with the turns', () => {
  const scores = uniform(key(1), [64, 8], {minimum: -1, maximum: 1});
  const distance = (iterations: number) =>
    Math.max(...sums(sinkhorn(scores, {iterations}))[1].map(sum => Math.abs(sum - 8)));
  const [one, three, hundred] = [1, 3, 100].map(distance) as [number, number, number];
  assert.ok(three < one && one < 4 && hundred < 1e-3, `${one}, ${three}, ${hundred}`);
});

test('one prototype that all images like best is shared out all the same', () => {
  const scores = tf.concat(
    [tf.ones([32, 1]).mul(0.9), uniform(key(2), [32, 3], {minimum: 0, maximum: 0.1})],
    1,
  ) as tf.Tensor2D;
  assert.deepEqual([...scores.argMax(1).dataSync()], Array(32).fill(0));
  close(sums(sinkhorn(scores, {iterations: 10}))[1], Array(4).fill(8), 0.5);
});

test('scores that are all alike give 1/K; a constant more changes nothing', () => {
  close(sinkhorn(tf.fill([6, 5], 0.3)).dataSync(), Array(30).fill(0.2), 1e-6);
  const scores = uniform(key(3), [6, 5]);
  // 1/ε = 20 times the rounding of the sum
  close(sinkhorn(scores.add(1)).dataSync(), sinkhorn(scores).dataSync(), 1e-4);
});

test('scores far beyond a cosine still give codes', () => {
  const codes = sinkhorn(uniform(key(4), [16, 4], {minimum: -1000, maximum: 1000}), {epsilon: 0.01});
  close(sums(codes)[0], Array(16).fill(1), 1e-6);
});

test('no gradient flows, and nothing is left in memory', async () => {
  const scores = uniform(key(5), [6, 5]);
  const gradient = tf.grad((x: tf.Tensor) =>
    sinkhorn(x as tf.Tensor2D)
      .square()
      .sum()
      .add(x.sum()),
  )(scores);
  close(gradient.dataSync(), Array(30).fill(1), 0);
  await flat(() => sinkhorn(scores).dispose());
});

test('ε ≤ 0 and no iteration are refused', () => {
  assert.throws(() => sinkhorn(tf.ones([4, 2]), {epsilon: 0}), /^RangeError: sinkhorn: expected epsilon > 0, got 0/);
  assert.throws(
    () => sinkhorn(tf.ones([4, 2]), {iterations: 0}),
    /^RangeError: sinkhorn: expected iterations a whole number from 1, got 0/,
  );
});
