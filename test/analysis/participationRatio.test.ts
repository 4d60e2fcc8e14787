import assert from 'node:assert/strict';
import {test} from 'node:test';
import {participationRatio} from '../../lib/analysis/participationRatio';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/analysis.json';
import {classes} from '../reference/classes';
import {rotation} from './rotation';

const {n, d, k} = reference;
const x = classes('first', n, d, k).features;

test("equals numpy's eigenvalues", async () => {
  close((await flat(() => participationRatio(x), 1)).dataSync(), [reference.participationRatio], 1e-5);
});

test('k for k directions used alike, wherever they point; 0 when all are alike', () => {
  for (const directions of [1, 3, 12]) {
    const z = tf.matMul(
      tf.concat([normal(key(1), [4000, directions]), tf.zeros([4000, 16 - directions])], 1),
      rotation(16),
    ) as tf.Tensor2D;
    close(participationRatio(z).dataSync(), [directions], 0.01);
  }
  close(participationRatio(tf.ones([8, 5])).dataSync(), [0], 1e-6);
});

test('too few samples are refused', () => {
  assert.throws(
    () => participationRatio(tf.ones([7, 2])),
    /^RangeError: participationRatio: expected at least 8 samples, got 7/,
  );
});
