import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {mine} from '../../lib/information/mine';
import {fixedScores, isNear} from './referenceScores';

test('loss and average are the formula of others', () => {
  for (const {name, scores, expected} of fixedScores) {
    const {loss, logAverage} = mine(scores, tf.scalar(0));
    isNear(loss, expected.mine, name);
    isNear(logAverage.exp(), expected.mineAverage, name);
  }
});

test('the gradient of the log is divided by the average, which is none of it', () => {
  const scores = tf.zeros<tf.Rank.R2>([3, 3]);
  const gradient = tf
    .grad((f: tf.Tensor) => mine(f as tf.Tensor2D, tf.scalar(Math.log(11))).loss)(scores)
    .arraySync() as number[][];
  const next = 0.9 * 11 + 0.1;
  gradient.forEach((row, i) =>
    row.forEach((value, j) =>
      assert.ok(Math.abs(value - (i === j ? -1 / 3 : 1 / 6 / next)) < 1e-6, `${i}, ${j}: ${value}`),
    ),
  );
});

test('scores whose exp is no number any more leave the loss one', () => {
  const {loss, logAverage} = mine(
    tf.tensor2d([
      [0, 500],
      [400, 0],
    ]),
    tf.scalar(300),
  );
  assert.ok(
    Math.abs(loss.dataSync()[0]! - 10) < 1e-4 &&
      Math.abs(logAverage.dataSync()[0]! - (500 - Math.log(2) + Math.log(0.1))) < 1e-3,
  );
});
