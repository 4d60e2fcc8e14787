import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {patchCrossEntropy} from '../../lib/losses/patchCrossEntropy';
import {close} from '../close';
import {flat} from '../flat';

/** Patch by patch, image by image, in double precision. */
function loops(student: number[][], teacher: number[][], masked: number[][], temperature: number): number {
  const l = masked[0]!.length;
  const each = masked.map((row, image) => {
    let [total, count] = [0, 0];
    row.forEach((hidden, patch) => {
      if (!hidden) return;
      count++;
      const logits = student[image * l + patch]!.map(value => value / temperature);
      const logSum = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
      teacher[image * l + patch]!.forEach((p, k) => (total -= p * (logits[k]! - logSum)));
    });
    return total / Math.max(1, count);
  });
  return each.reduce((a, b) => a + b) / each.length;
}

test('equals the loops over images and their masked patches', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 4}),
      fc.integer({min: 1, max: 6}),
      fc.integer({min: 2, max: 6}),
      fc.double({min: 0.2, max: 2, noNaN: true}),
      fc.nat(),
      (n, l, k, temperature, seed) =>
        tf.tidy(() => {
          const [student, teacher] = [normal(key(seed), [n * l, k]), normal(key(seed + 1), [n * l, k]).softmax()];
          const masked = uniform(key(seed + 2), [n, l])
            .less(0.5)
            .toFloat() as tf.Tensor2D;
          close(
            patchCrossEntropy(student, teacher, masked, {temperature}).dataSync(),
            [loops(student.arraySync(), teacher.arraySync(), masked.arraySync(), temperature)],
            2e-5,
          );
        }),
    ),
    {numRuns: 40},
  );
});

test('log K where the logits are all alike, less the images of which nothing is masked; 0 without masks', () => {
  const teacher = normal(key(3), [8, 6]).softmax();
  close(patchCrossEntropy(tf.fill([8, 6], 0.4), teacher, tf.ones([2, 4])).dataSync(), [Math.log(6)], 1e-6);
  close(
    patchCrossEntropy(
      tf.fill([8, 6], 0.4),
      teacher,
      tf.tensor2d([
        [1, 0, 0, 0],
        [0, 0, 0, 0],
      ]),
    ).dataSync(),
    [Math.log(6) / 2],
    1e-6,
  );
  close(patchCrossEntropy(normal(key(4), [8, 6]), teacher, tf.zeros([2, 4])).dataSync(), [0], 0);
});

test('masked patches of the student get a gradient, others and the teacher none; no tensor is left', async () => {
  const [student, teacher, masked] = [
    normal(key(5), [6, 5]),
    normal(key(6), [6, 5]).softmax(),
    tf.tensor2d([
      [1, 0, 1],
      [0, 1, 0],
    ]),
  ];
  const [byStudent, byTeacher] = tf.grads((s: tf.Tensor, t: tf.Tensor) =>
    patchCrossEntropy(s as tf.Tensor2D, t as tf.Tensor2D, masked).add(t.mul(0).sum()),
  )([student, teacher]);
  close(byTeacher!.dataSync(), Array(30).fill(0), 0);
  assert.deepEqual([...byStudent!.abs().sum(1).greater(0).dataSync()], [1, 0, 1, 0, 1, 0]);
  await flat(() => patchCrossEntropy(student, teacher, masked).dispose());
});

test('rows that are not those of the masks, other prototypes and τ ≤ 0 are refused', () => {
  for (const [s, t, m] of [
    [
      [6, 4],
      [6, 4],
      [2, 4],
    ],
    [
      [6, 4],
      [5, 4],
      [2, 3],
    ],
    [
      [6, 4],
      [6, 3],
      [2, 3],
    ],
  ] as [number, number][][]) {
    assert.throws(
      () => patchCrossEntropy(tf.ones(s!), tf.ones(t!), tf.ones(m!)),
      /^RangeError: patchCrossEntropy: expected logits and probabilities \[n·l, K\] of masks \[n, l\], got \[6,4\] and \[\d,\d\] of \[2,\d\]$/,
    );
  }
  assert.throws(
    () => patchCrossEntropy(tf.ones([6, 4]), tf.ones([6, 4]), tf.ones([2, 3]), {temperature: 0}),
    /^RangeError: patchCrossEntropy: expected temperature > 0, got 0$/,
  );
});
