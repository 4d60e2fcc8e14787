import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {attentionMask} from '../../lib/masks/attentionMask';
import {blockMask} from '../../lib/masks/blockMask';
import {drawMasks} from '../../lib/masks/drawMasks';
import type {Grid} from '../../lib/masks/masks';
import {type CropMaskSettings, namedCropMask} from '../../lib/masks/namedCropMask';
import {countsOf, sameDistribution} from './chiSquare';
import {drawn, followsSeed} from './laws';

const grid: Grid = [8, 8];
const attention = uniform(key(1), [8, 64]);
/** How many tokens of each crop are masked. */
const counts = (settings: CropMaskSettings, n: number, seed: number) =>
  drawn(namedCropMask(settings, grid), n, seed, {attention: uniform(key(2), [n, 64])}).masked.map(({length}) => length);

test('at random and by attention: one share of the range for a batch, and half of the crops are whole', () => {
  for (const settings of [
    {strategy: 'random'},
    {strategy: 'attention', mode: 'high'},
    {strategy: 'attention', mode: 'low'},
  ] as CropMaskSettings[]) {
    const batches = Array.from({length: 60}, (_, seed) => counts(settings, 64, seed));
    const shares = batches.map(batch => [...new Set(batch.filter(count => count > 0))]);
    assert.ok(
      shares.every(own => own.length === 1 && own[0]! >= 6 && own[0]! <= 32),
      String(shares),
    );
    assert.ok(Math.min(...shares.flat()) <= 8 && Math.max(...shares.flat()) >= 30);
    const whole = batches.flat().filter(count => count === 0).length;
    assert.ok(Math.abs(whole - 1920) < 4 * Math.sqrt(960), `${whole} of 3,840 whole`);
  }
});

test('at random each token is masked as often as any other', () => {
  const masked = Array.from(
    {length: 20},
    (_, seed) => drawn(namedCropMask({strategy: 'random', ratio: 0.3, probability: 1}, grid), 200, seed).masked,
  ).flat();
  assert.ok(masked.every(({length}) => length === 19));
  const p = sameDistribution(
    countsOf(masked.flat()),
    Object.fromEntries(Array.from({length: 64}, (_, token) => [token, 1e9])),
  );
  assert.ok(p > 0.001, `p = ${p}`);
  followsSeed(namedCropMask({strategy: 'random', probability: 1}, grid));
});

test('in blocks as iBOT draws them, by attention as AttMask does', () => {
  const same = (settings: CropMaskSettings, expected: Parameters<typeof drawMasks>[0]) =>
    assert.deepEqual(drawn(namedCropMask(settings, grid), 8, 3, {attention}), drawn(expected, 8, 3, {attention}));
  const drawing = (strategy: unknown) => strategy as Parameters<typeof drawMasks>[0];
  same({strategy: 'block'}, drawing(blockMask({grid, ratio: [0.1, 0.5], probability: 0.5})));
  same({strategy: 'block', ratio: 0.4, probability: 1}, drawing(blockMask({grid, ratio: 0.4})));
  for (const mode of ['high', 'hint', 'low'] as const) {
    same({strategy: 'attention', mode}, drawing(attentionMask({grid, mode})));
    same(
      {strategy: 'attention', mode, ratio: [0.2, 0.3], probability: 1},
      drawing(attentionMask({grid, mode, ratio: [0.2, 0.3], probability: 1})),
    );
  }
});

test('refused: an unknown strategy, a ratio that hides nothing, attention that nobody gives', () => {
  assert.throws(
    () => namedCropMask({strategy: 'grid'} as unknown as CropMaskSettings, grid),
    /^RangeError: namedCropMask: expected random, block or attention, got 'grid'$/,
  );
  assert.throws(
    () => namedCropMask({strategy: 'random', ratio: [0.01, 0.5]}, grid),
    /^RangeError: attentionMask: expected a ratio that masks some and keeps some of 64 tokens, got 0.01, which masks 0$/,
  );
  assert.throws(
    () => tf.tidy(() => drawMasks(namedCropMask({strategy: 'attention', mode: 'high'}, grid), 2, 0)),
    /^RangeError: attentionMask: expected the attention of a teacher, got none/,
  );
});
