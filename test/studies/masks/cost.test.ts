// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../../lib/engine/tf';
import {maskCost, type MaskCostOptions, type MaskCostRow} from '../../../lib/studies/masks/cost';

const tiny: MaskCostOptions = {
  image: 16,
  batch: 2,
  ratios: [0.25, 0.75],
  decoder: {width: 32, depth: 1},
  rounds: 2,
  seconds: 0,
};

async function rowsOf(options: MaskCostOptions): Promise<MaskCostRow[]> {
  const rows: MaskCostRow[] = [];
  for await (const row of maskCost(options)) rows.push(row);
  return rows;
}

test('both halves at each ratio in turns, each round begun by another; nothing is left', async () => {
  const before = tf.memory().numTensors;
  const rows = await rowsOf(tiny);
  assert.deepEqual(
    rows.map(({half, ratio, encoded, round}) => [half, ratio, encoded, round]),
    [
      ['encoder', 0.25, 0.75, 0],
      ['decoder', 0.25, 0.75, 0],
      ['encoder', 0.75, 0.25, 0],
      ['decoder', 0.75, 0.25, 0],
      ['decoder', 0.25, 0.75, 1],
      ['encoder', 0.75, 0.25, 1],
      ['decoder', 0.75, 0.25, 1],
      ['encoder', 0.25, 0.75, 1],
    ],
  );
  for (const {seconds, repetitions, decoder, backbone, image, batch} of rows) {
    assert.ok(seconds > 0 && repetitions === 1);
    assert.deepEqual([decoder, backbone, image, batch], ['1 × 32', 'vit-nano', 16, 2]);
  }
  assert.equal(tf.memory().numTensors, before);
});

test('a turn goes on as long as it is told, in whole computations', async () => {
  for (const {seconds, repetitions} of await rowsOf({...tiny, ratios: [0.75], rounds: 1, seconds: 0.2}))
    assert.ok(Number.isInteger(repetitions) && seconds * repetitions >= 0.2, `${repetitions} of ${seconds} s`);
});

test('a ratio that leaves nothing, no ratio and no round are refused, and nothing is left', async () => {
  const before = tf.memory().numTensors;
  await assert.rejects(
    rowsOf({...tiny, ratios: [0.5, 0.99]}),
    /^RangeError: randomMask: expected a ratio that masks some and keeps some of 16 tokens, got 0\.99/,
  );
  await assert.rejects(
    rowsOf({...tiny, ratios: []}),
    /^RangeError: maskCost: expected at least one ratio and a whole number of rounds from 1, got 0 and 2/,
  );
  await assert.rejects(
    rowsOf({...tiny, rounds: 0}),
    /^RangeError: maskCost: expected at least one ratio and a whole number of rounds from 1, got 2 and 0/,
  );
  await assert.rejects(rowsOf({...tiny, signal: AbortSignal.abort(new Error('enough'))}), /enough/);
  assert.equal(tf.memory().numTensors, before);
});
