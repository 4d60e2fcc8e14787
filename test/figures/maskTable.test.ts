import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {maskTable} from '../../lib/figures/maskTable';
import {attentionMask} from '../../lib/masks/attentionMask';
import {blockMask} from '../../lib/masks/blockMask';
import {gridMask} from '../../lib/masks/gridMask';
import {multiBlockMask} from '../../lib/masks/multiBlockMask';
import {flat} from '../flat';

test('a line for each strategy', async () => {
  const attention = uniform(key(1), [64, 16]);
  const [chess, block, high] = await flat(() =>
    maskTable(
      {
        chessboard: gridMask({grid: [8, 8], ratio: 0.5}),
        block: blockMask({grid: [14, 14], ratio: [0.2, 0.6]}),
        high: attentionMask({grid: [2, 8], ratio: 0.25, probability: 1}),
      },
      {patch: 4, masks: 64, attention},
    ),
  );
  assert.deepEqual(chess, {
    strategy: 'chessboard',
    'masked (%)': '50.0',
    'least to most (%)': '50.0 to 50.0',
    blocks: '32.0',
    'tokens in a block': '1.0',
    'in the largest': '1.0',
    'distance (tokens)': '1.00',
    'AvgDist (px)': '1.3',
  }); // 1.25 inside, more at the edges
  const [least, most] = String(block!['least to most (%)']).split(' to ').map(Number);
  assert.ok(least! > 10 && least! < 30 && most! > 50 && most! <= 60 && Number(block!.blocks) < 6);
  assert.equal(high!['masked (%)'], '25.0');
});

test('batches: of each the blocks of I-JEPA have a size of their own', () => {
  const spread = (batch: number) =>
    String(
      maskTable({blocks: multiBlockMask({grid: [8, 8]})}, {patch: 4, masks: 60, batch})[0]!['least to most (%)'],
    ).split(' to ');
  assert.equal(new Set(spread(60)).size, 1); // cut to the smallest of the batch
  assert.equal(new Set(spread(20)).size, 2);
});

test('no batch, and attention on another number of images, are refused', () => {
  assert.throws(
    () => maskTable({}, {patch: 4, batch: 0}),
    /^RangeError: maskTable: expected at least one mask in batches of at least one, got 256 in batches of 0/,
  );
  assert.throws(
    () => maskTable({}, {patch: 4, attention: tf.zeros([3, 16])}),
    /^RangeError: maskTable: expected the attention on 256 images, one for each mask, got \[3,16\]/,
  );
});
