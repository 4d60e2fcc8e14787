import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../../lib/engine/tf';
import {teacherDistance} from '../../../lib/methods/parts/teacherDistance';
import {map} from '../../../lib/engine/params';
import {close} from '../../close';
import {flat} from '../../flat';

const student = {a: {w: tf.tensor1d([3, 0])}, b: tf.scalar(4)};
const value = (distance: tf.Scalar) => distance.dataSync()[0]!;

test('0 for a copy, 1 for a teacher of zeros, else the length between over the length of the student', async () => {
  const times = (factor: number) => map(student, tensor => tensor.mul(factor));
  close(
    [
      value(teacherDistance(student, student)),
      value(teacherDistance(times(0), student)),
      value(teacherDistance(times(0.9), student)),
    ],
    [0, 1, 0.1],
    1e-6,
  );
  close([value(teacherDistance({a: {w: tf.tensor1d([3, 1])}, b: tf.scalar(4)}, student))], [0.2], 1e-6);
  await flat(() => teacherDistance(student, student), 1);
});

test('other names, and trees without weights, are refused', () => {
  assert.throws(
    () => teacherDistance({a: tf.scalar(1)}, student),
    /^RangeError: teacherDistance: expected trees of the same names, got a and a\.w b/,
  );
  assert.throws(
    () => teacherDistance({}, {}),
    /^RangeError: teacherDistance: expected trees of the same names, got none and none/,
  );
});
