import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {sinCosPositions} from '../../lib/layers/positions';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/layers.json';

test('as MAE\'s on a square; nothing else is left', async () => {
  await flat(() => close(sinCosPositions(3, 3, 12).dataSync(), reference.sinCosPositions, 1e-6), 1);
});

test('columns in the first half, rows in the second', () => {
  const wide = sinCosPositions(2, 5, 8).reshape([2, 5, 8]);
  close(wide.slice([0, 0, 0], [1, 5, 4]).dataSync(), wide.slice([1, 0, 0], [1, 5, 4]).dataSync(), 0);
  close(wide.slice([0, 0, 4], [2, 1, 4]).dataSync(), wide.slice([0, 4, 4], [2, 1, 4]).dataSync(), 0);
  close(tf.norm(wide, 2, 2).dataSync(), new Array(10).fill(2), 1e-6);   // width/2 pairs of sine and cosine
});

test('a width that is no multiple of 4 is refused', () => {
  assert.throws(() => sinCosPositions(2, 2, 6), /^RangeError: sinCosPositions: expected a width that is a multiple of 4, got 6/);
});
