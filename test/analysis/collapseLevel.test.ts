import assert from 'node:assert/strict';
import {test} from 'node:test';
import {collapseLevel} from '../../lib/analysis/collapseLevel';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/analysis.json';
import {classes} from '../reference/classes';

const {n, d, k} = reference;
const x = classes('first', n, d, k).features;

test('equals numpy', async () => {
  close((await flat(() => collapseLevel(x), 1)).dataSync(), [reference.collapse], 1e-5);
});

test('0 when all are alike, 1 when they spread evenly, √(k/d) along k of d axes; length does not matter', () => {
  close(collapseLevel(tf.ones([8, 5])).dataSync(), [0], 1e-6);
  const even = normal(key(1), [5000, 64]);
  close(collapseLevel(even).dataSync(), [1], 0.01);
  close(collapseLevel(tf.concat([even, tf.zeros([5000, 192])], 1) as tf.Tensor2D).dataSync(), [0.5], 0.01);
  close(collapseLevel(x.mul(100)).dataSync(), [reference.collapse], 1e-5);
});

test('too few samples are refused', () => {
  assert.throws(() => collapseLevel(tf.ones([7, 2])), /^RangeError: collapseLevel: expected at least 8 samples, got 7/);
});
