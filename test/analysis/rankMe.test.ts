import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rankMe} from '../../lib/analysis/rankMe';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/analysis.json';
import {classes} from '../reference/classes';
import {rotation} from './rotation';

const {n, d, k} = reference;
const x = classes('first', n, d, k).features;

test("equals numpy's singular values, also where 11 of 16 are zero", async () => {
  close((await flat(() => rankMe(x), 1)).dataSync(), [reference.rankMe], 1e-5);
  const flatOne = x.mul(tf.tensor1d(Array.from({length: d}, (_, j) => Number(j < 5)))) as tf.Tensor2D;
  close(rankMe(flatOne).dataSync(), [reference.rankMeFlat], 1e-5);
});

test('d for d directions of one size, 1 for one direction', () => {
  close(rankMe(tf.eye(20).mul(3) as tf.Tensor2D).dataSync(), [20], 1e-5);
  close(rankMe(tf.matMul(tf.range(1, 31).as2D(30, 1), tf.ones([1, 20]))).dataSync(), [1], 1e-4);
});

test('scale and rotation do not matter; a shift does, for nothing is centered', () => {
  close(rankMe(tf.matMul(x, rotation(d)).mul(1000) as tf.Tensor2D).dataSync(), [reference.rankMe], 1e-5);
  assert.ok(rankMe(x.add(10)).dataSync()[0]! < reference.rankMe / 2);
});

test('fewer samples than dimensions are refused', () => {
  assert.throws(
    () => rankMe(tf.ones([15, 16])),
    /^RangeError: rankMe: expected at least as many samples as dimensions, 16, got 15/,
  );
});
