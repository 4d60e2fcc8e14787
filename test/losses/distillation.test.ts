import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {distillation} from '../../lib/losses/distillation';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';

const logits = (name: string) => tf.tensor2d(hashed(name, [4, 3], 2), [4, 3]);

test('closed forms: the same logits give the entropy of their classes, a student without opinion log k', () => {
  const p = [0.7, 0.2, 0.1];
  const sure = tf.tensor2d([p.map(Math.log)]);
  close(distillation(sure, sure).dataSync(), [-p.reduce((sum, share) => sum + share * Math.log(share), 0)], 1e-5);
  close(distillation(tf.zeros([4, 3]), logits('teacher')).dataSync(), [Math.log(3)], 1e-6);
  // all doubt
  close(distillation(logits('student'), logits('teacher'), {temperature: 1e4}).dataSync(), [Math.log(3)], 1e-3);
});

test("the student's gradient is (its classes − the teacher's) / (n τ); the teacher has none", async () => {
  const [student, teacher, τ] = [logits('student'), logits('teacher'), 0.5];
  const gradients = tf.grads((s: tf.Tensor, t: tf.Tensor) =>
    distillation(s as tf.Tensor2D, t as tf.Tensor2D, {temperature: τ}),
  );
  const expected = student
    .div(τ)
    .softmax()
    .sub(teacher.div(τ).softmax())
    .div(4 * τ)
    .dataSync();
  const own = tf
    .grad((s: tf.Tensor) => distillation(s as tf.Tensor2D, teacher, {temperature: τ}))(student)
    .dataSync();
  close(own, expected, 1e-5);
  // nothing connects the teacher with the loss
  assert.throws(() => gradients([student, teacher]), /Cannot compute gradient/);
  await flat(() => distillation(student, teacher).dispose());
});

test('other shapes and a temperature of 0 are refused', () => {
  assert.throws(
    () => distillation(tf.zeros([4, 3]), tf.zeros([4, 2])),
    /^RangeError: distillation: expected logits of one shape \[n, k\], got \[4,3\] and \[4,2\]/,
  );
  assert.throws(
    () => distillation(tf.zeros([4, 3]), tf.zeros([4, 3]), {temperature: 0}),
    /^RangeError: distillation: expected temperature > 0, got 0/,
  );
});
