import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {unit} from '../../lib/layers/unit';
import {close} from '../close';
import {flat} from '../flat';

const scales = [1, 1e-20, 1e-37, 1e-10, 1e-7, 1e9, 1e14, 1e20, 1e37];

test('rows of every size get length 1, and keep their direction', () => {
  for (const scale of scales) close(unit(tf.tensor2d([[3 * scale, -4 * scale]])).dataSync(), [0.6, -0.8], 1e-6);
  close(
    unit(
      tf.tensor2d([
        [3, 4],
        [3e-20, 4e-20],
        [4e37, 3e37],
      ]),
    ).dataSync(),
    [0.6, 0.8, 0.6, 0.8, 0.8, 0.6],
    1e-6,
  );
});

test('the gradient is across the row, and falls with its length', () => {
  const dy = tf.tensor2d([[1, 2]]); // less its share along [0.6, 0.8]: [-0.32, 0.24]
  for (const scale of scales.filter(value => value < 1e37)) {
    // there float32 takes it for 0
    const gradient = tf
      .grad((z: tf.Tensor) => unit(z as tf.Tensor2D).mul(dy))(tf.tensor2d([[3 * scale, 4 * scale]]))
      .dataSync();
    close(
      [...gradient].map(v => v * 5 * scale),
      [-0.32, 0.24],
      1e-5,
    );
  }
});

test('a zero row stays zero, and passes its gradient on', () => {
  const z = tf.zeros<tf.Rank.R2>([1, 2]);
  assert.deepEqual([...unit(z).dataSync()], [0, 0]);
  assert.deepEqual(
    [
      ...tf
        .grad((row: tf.Tensor) => unit(row as tf.Tensor2D).mul(tf.tensor2d([[1, 2]])))(z)
        .dataSync(),
    ],
    [1, 2],
  );
});

test('leaves one tensor', async () => {
  await flat(() => unit(tf.tidy(() => tf.ones([2, 3])) as tf.Tensor2D), 2);
});
