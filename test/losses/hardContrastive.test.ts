import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {contrastive} from '../../lib/losses/contrastive';
import {hardContrastive} from '../../lib/losses/hardContrastive';
import {close} from '../close';
import {alike, anySimilarities, similaritiesOf} from './sample';

test('with all negatives it is the contrastive loss; fewer cost less', () => {
  fc.assert(
    fc.property(anySimilarities, fc.double({min: 0.05, max: 2, noNaN: true}), ({positive, negatives}, temperature) => {
      const [similarities, m] = [similaritiesOf(positive, negatives), negatives[0]!.length];
      const all = contrastive(similarities, {temperature}).dataSync();
      close(hardContrastive(similarities, {temperature, nearest: m}).dataSync(), all, 1e-5);
      close(hardContrastive(similarities, {temperature, share: 1}).dataSync(), all, 1e-5);
      assert.ok(hardContrastive(similarities, {temperature, nearest: 1}).dataSync()[0]! <= all[0]! + 1e-5);
    }),
    {numRuns: 30},
  );
});

test('is the contrastive loss of the nearest alone; log(K + 1) when these are as near as the positive', () => {
  const similarities = similaritiesOf(
    [0.5, 0.1],
    [
      [0.5, -0.2, 0.5, 0.3],
      [-0.5, 0.1, -0.3, 0.1],
    ],
  );
  close(hardContrastive(similarities, {nearest: 2}).dataSync(), [Math.log(3)], 1e-6);
  const kept = similaritiesOf(
    [0.5, 0.1],
    [
      [0.5, 0.3, 0.5],
      [-0.3, 0.1, 0.1],
    ],
  );
  close(
    hardContrastive(similarities, {nearest: 3, temperature: 0.2}).dataSync(),
    contrastive(kept, {temperature: 0.2}).dataSync(),
    1e-6,
  );
});

test('ties with the K-th count, too', () => {
  close(hardContrastive(alike(0.4), {nearest: 2}).dataSync(), [Math.log(8)], 1e-6);
});

test('the others are not pushed', () => {
  const g = tf.grad((negatives: tf.Tensor) =>
    hardContrastive({positive: tf.tensor1d([0.5]), negatives: negatives as tf.Tensor2D}, {nearest: 2}),
  )(tf.tensor2d([[0.1, 0.9, -0.3, 0.4]]));
  const [a, b, c, d] = g.dataSync();
  assert.ok(a === 0 && c === 0 && b! > d! && d! > 0, `${g.dataSync()}`);
});

test('a bank smaller than K is refused', () => {
  assert.throws(
    () => hardContrastive(alike(0), {nearest: 8}),
    /^RangeError: hardContrastive: expected nearest to be at most 7, the number of negatives, got 8: the bank is smaller than K$/,
  );
});
