import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assignments} from '../../lib/analysis/assignments';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';

const of = (probabilities: tf.Tensor2D) => {
  const {entropy, used} = assignments(probabilities);
  return [entropy.dataSync()[0]!, used.dataSync()[0]!];
};

test('one prototype for all; each its own; an even row; half of the prototypes', () => {
  const chosen = (prototypes: number[]) => tf.oneHot(tf.tensor1d(prototypes, 'int32'), 8).toFloat() as tf.Tensor2D;
  close(of(chosen([3, 3, 3, 3, 3, 3, 3, 3])), [0, 1 / 8], 1e-6);
  close(of(chosen([0, 1, 2, 3, 4, 5, 6, 7])), [0, 1], 1e-6);
  close(of(tf.fill([4, 8], 1 / 8)), [1, 1], 1e-6);
  close(of(chosen([0, 1, 2, 3, 0, 1, 2, 3])), [0, 0.5], 1e-6);
});

test('of more prototypes than rows: the share of what rows of their entropy can use', () => {
  const chosen = (prototypes: number[]) => tf.oneHot(tf.tensor1d(prototypes, 'int32'), 1000).toFloat() as tf.Tensor2D;
  close(of(chosen([3, 3, 3, 3])), [0, 1 / 4], 1e-6);
  close(of(chosen([3, 14, 15, 92])), [0, 1], 1e-6);
  const pairs = chosen([0, 2, 4, 6])
    .add(chosen([1, 3, 5, 7]))
    .div(2) as tf.Tensor2D; // each row between two prototypes of its own
  close(of(pairs), [Math.log(2) / Math.log(1000), 1], 1e-6);
  close(of(tf.fill([4, 1000], 1e-3)), [1, 1], 1e-5);
});

test('between 0 and 1 for anything, and nothing is left in memory', async () => {
  const [entropy, used] = of(tf.softmax(uniform(key(1), [64, 10]).mul(9)) as tf.Tensor2D) as [number, number];
  assert.ok(entropy > 0.1 && entropy < 0.9 && used > 0.5 && used <= 1, `${entropy} ${used}`);
  const given = tf.fill([4, 8], 1 / 8) as tf.Tensor2D;
  await flat(() => assignments(given), 2);
});

test('a single prototype is refused', () => {
  assert.throws(
    () => assignments(tf.ones([4, 1])),
    /^RangeError: assignments: expected at least 2 rows of at least 2 prototypes, got \[4,1\]/,
  );
});
