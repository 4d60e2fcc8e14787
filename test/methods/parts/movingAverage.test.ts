import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../../lib/engine/tf';
import {movingAverage} from '../../../lib/methods/parts/movingAverage';
import {close} from '../../close';
import {flat} from '../../flat';

const tree = (value: number) => ({a: {w: tf.tensor1d([value, 2 * value])}, b: tf.scalar(-value)});

test('stays, copies, or moves by a share', async () => {
  const [teacher, student] = [tree(1), tree(3)];
  const values = (momentum: number | tf.Scalar) => {
    const {
      a: {w},
      b,
    } = movingAverage(teacher, student, momentum);
    const result = [...w.dataSync(), ...b.dataSync()];
    tf.dispose([w, b]);
    return result;
  };
  await flat(() => {
    close(values(1), [1, 2, -1], 0);
    close(values(0), [3, 6, -3], 0);
    close(values(0.75), [1.5, 3, -1.5], 1e-6);
  });
  close(values(tf.scalar(0.75)), [1.5, 3, -1.5], 1e-6);
});

test('a momentum that is a tensor is not read, so that a step can be recorded', () => {
  const momentum = tf.scalar(0.5);
  momentum.dataSync = () => assert.fail('read');
  tf.dispose(movingAverage(tree(1), tree(3), momentum));
});

test('other names and a momentum beyond 1 are refused', () => {
  assert.throws(
    () => movingAverage<{[name: string]: tf.Scalar}>({a: tf.scalar(1)}, {b: tf.scalar(1)}, 0.5),
    /^RangeError: movingAverage: expected trees of the same names, got a and b/,
  );
  assert.throws(
    () => movingAverage(tree(1), tree(1), 1.5),
    /^RangeError: movingAverage: expected momentum from 0 to 1, got 1.5/,
  );
});
