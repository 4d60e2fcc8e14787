import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {distillation} from '../../lib/losses/distillation';
import {teacherCrossEntropy} from '../../lib/losses/teacherCrossEntropy';
import {close} from '../close';
import {flat} from '../flat';

/** Pair by pair, image by image, in double precision. */
function doubleLoop(student: number[][], teacher: number[][], crops: number, temperature: number): number {
  const n = student.length / crops;
  const seen = teacher.length / n;
  let [total, pairs] = [0, 0];
  for (let i = 0; i < seen; i++) {
    for (let j = 0; j < crops; j++) {
      if (i === j) continue;
      pairs++;
      for (let image = 0; image < n; image++) {
        const logits = student[j * n + image]!.map(value => value / temperature);
        const logSum = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
        teacher[i * n + image]!.forEach((p, c) => (total -= (p * (logits[c]! - logSum)) / n));
      }
    }
  }
  return total / pairs;
}

test('equals the double loop over pairs of different crops', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 2, max: 5}),
      fc.integer({min: 1, max: 5}),
      fc.integer({min: 1, max: 4}),
      fc.integer({min: 1, max: 6}),
      fc.double({min: 0.2, max: 2, noNaN: true}),
      fc.nat(),
      (crops, seen, n, k, temperature, seed) =>
        tf.tidy(() => {
          const [student, teacher] = [
            normal(key(seed), [crops * n, k]),
            normal(key(seed + 1), [Math.min(seen, crops) * n, k]).softmax(),
          ];
          close(
            teacherCrossEntropy(student, teacher, {crops, temperature}).dataSync(),
            [doubleLoop(student.arraySync(), teacher.arraySync(), crops, temperature)],
            2e-5,
          );
        }),
    ),
    {numRuns: 40},
  );
});

test('two crops and one teacher are distillation of the one into the other', () => {
  const [student, teacher] = [normal(key(1), [8, 5]), normal(key(2), [4, 5])];
  close(
    teacherCrossEntropy(student, teacher.softmax(), {crops: 2, temperature: 1}).dataSync(),
    distillation(student.slice([4, 0]), teacher).dataSync(),
    1e-6,
  );
});

test('logits that are all alike give log K', () => {
  close(
    teacherCrossEntropy(tf.fill([9, 6], 0.4), normal(key(3), [6, 6]).softmax(), {crops: 3}).dataSync(),
    [Math.log(6)],
    1e-6,
  );
});

test('the student gets a gradient, the teacher none; nothing is left in memory', async () => {
  const [student, teacher] = [normal(key(4), [6, 5]), normal(key(5), [4, 5]).softmax()];
  const [byStudent, byTeacher] = tf.grads((s: tf.Tensor, t: tf.Tensor) =>
    teacherCrossEntropy(s as tf.Tensor2D, t as tf.Tensor2D, {crops: 3}).add(t.mul(0).sum()),
  )([student, teacher]);
  close(byTeacher!.dataSync(), Array(20).fill(0), 0);
  close(byStudent!.sum(1).dataSync(), Array(6).fill(0), 1e-5);
  assert.ok(byStudent!.abs().max().dataSync()[0]! > 0.01);
  await flat(() => teacherCrossEntropy(student, teacher, {crops: 3}).dispose());
});

test('one crop, rows of no such crops, other prototypes and τ ≤ 0 are refused', () => {
  const [student, teacher] = [tf.ones<tf.Rank.R2>([6, 4]), tf.ones<tf.Rank.R2>([4, 4])];
  assert.throws(
    () => teacherCrossEntropy(student, teacher, {crops: 1}),
    /^RangeError: teacherCrossEntropy: expected at least 2 crops of each image, got 1/,
  );
  for (const [s, t, crops] of [
    [student, teacher, 4],
    [student, tf.ones([8, 4]), 3],
    [student, tf.ones([3, 4]), 3],
    [student, tf.ones([4, 5]), 3],
  ] as [tf.Tensor2D, tf.Tensor2D, number][]) {
    assert.throws(
      () => teacherCrossEntropy(s, t, {crops}),
      /^RangeError: teacherCrossEntropy: expected logits of \d crops and probabilities of some of them, \[\d·n, K\] and \[g·n, K\], got \[6,4\]/,
    );
  }
  assert.throws(
    () => teacherCrossEntropy(student, teacher, {crops: 3, temperature: 0}),
    /^RangeError: teacherCrossEntropy: expected temperature > 0, got 0/,
  );
});
