import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pickingRange} from '../../lib/losses/lossRange';
import {tf} from '../../lib/engine/tf';
import {contrastive} from '../../lib/losses/contrastive';
import {close} from '../close';

test('the loss of similarities that are all alike, and of views that agree where other images are orthogonal', () => {
  for (const temperature of [0.07, 0.5, 1, 5]) {
    const {chance, floor} = pickingRange(511, temperature);
    const negatives = (value: number) => tf.fill([3, 510], value) as tf.Tensor2D;
    close(
      contrastive({positive: tf.fill([3], 0.4), negatives: negatives(0.4)}, {temperature}).dataSync(),
      [chance],
      1e-5,
    );
    close(contrastive({positive: tf.ones([3]), negatives: negatives(0)}, {temperature}).dataSync(), [floor], 1e-5);
  }
  const {chance, floor} = pickingRange(511, 1);
  close([chance, floor], [6.24, 5.24], 1e-3);
});

test('one candidate, and no temperature, are refused', () => {
  assert.throws(
    () => pickingRange(1, 0.5),
    /^RangeError: pickingRange: expected at least 2 candidates and temperature > 0, got 1 and 0.5/,
  );
  assert.throws(() => pickingRange(5, 0), /^RangeError: pickingRange/);
});
