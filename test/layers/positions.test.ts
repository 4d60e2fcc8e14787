import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {resamplePositions, sinCosPositions} from '../../lib/layers/positions';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/layers.json';
import vitReference from '../reference/vitOptions.json';

test("as MAE's on a square; nothing else is left", async () => {
  await flat(() => close(sinCosPositions(3, 3, 12).dataSync(), reference.sinCosPositions, 1e-6), 1);
});

test('columns in the first half, rows in the second', () => {
  const wide = sinCosPositions(2, 5, 8).reshape([2, 5, 8]);
  close(wide.slice([0, 0, 0], [1, 5, 4]).dataSync(), wide.slice([1, 0, 0], [1, 5, 4]).dataSync(), 0);
  close(wide.slice([0, 0, 4], [2, 1, 4]).dataSync(), wide.slice([0, 4, 4], [2, 1, 4]).dataSync(), 0);
  // width/2 pairs of sine and cosine
  close(tf.norm(wide, 2, 2).dataSync(), new Array(10).fill(2), 1e-6);
});

test('a width that is no multiple of 4 is refused', () => {
  assert.throws(
    () => sinCosPositions(2, 2, 6),
    /^RangeError: sinCosPositions: expected a width that is a multiple of 4, got 6/,
  );
});

test("learned positions for another grid as timm's, larger and smaller; nothing else is left", async () => {
  const positions = tf
    .tensor3d(hashed('positions', [1, 17, 8]), [1, 17, 8])
    .slice([0, 1, 0])
    .reshape([16, 8]) as tf.Tensor2D;
  for (const [side, expected] of Object.entries(vitReference.positions)) {
    close(
      (await flat(() => resamplePositions(positions, [4, 4], [Number(side), Number(side)]), 1)).dataSync(),
      expected,
      1e-5,
    );
  }
  close(resamplePositions(positions, [4, 4], [4, 4]).dataSync(), positions.dataSync(), 0);
  assert.deepEqual(resamplePositions(positions, [2, 8], [3, 5]).shape, [15, 8]);
  assert.throws(
    () => resamplePositions(positions, [4, 5], [4, 4]),
    /^RangeError: resamplePositions: expected 20 positions, for 4 rows of 5, got 16/,
  );
});
