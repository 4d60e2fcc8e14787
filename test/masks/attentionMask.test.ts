import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {attentionMask} from '../../lib/masks/attentionMask';
import {drawMasks} from '../../lib/masks/drawMasks';
import {countsOf, sameDistribution} from './chiSquare';
import {drawn, followsSeed} from './laws';

const grid = [4, 5] as const;
const attention = (n: number, seed = 1) => uniform(key(seed), [n, 20]);
/** Tokens of each image from the least attention to the most. */
const order = (scores: tf.Tensor2D) =>
  scores.arraySync().map(row => row.map((_, token) => token).sort((a, b) => row[a]! - row[b]!));
const sorted = (tokens: number[]) => [...tokens].sort((a, b) => a - b);

test('high hides the tokens with the most attention, low those with the least: the floor of l · ratio', () => {
  fc.assert(
    fc.property(fc.double({min: 0.05, max: 0.95, noNaN: true}), fc.integer({min: 0, max: 2 ** 50}), (ratio, seed) => {
      const [scores, count] = [attention(3, seed % 1000), Math.floor(20 * ratio)];
      const tokens = order(scores);
      const of = (mode: 'high' | 'low') =>
        drawn(attentionMask({grid, mode, ratio, probability: 1}), 3, seed, {attention: scores}).masked;
      assert.deepEqual(
        of('high'),
        tokens.map(row => sorted(row.slice(20 - count))),
      );
      assert.deepEqual(
        of('low'),
        tokens.map(row => sorted(row.slice(0, count))),
      );
    }),
    {numRuns: 20},
  );
});

test('hint hides as high does, and shows as many of the top again as it should, each as often as any other', () => {
  const wide = [10, 20] as const; // 60 masked, of the 20 highest 6 are shown
  const scores = uniform(key(1), [1, 200]).tile([2000, 1]) as tf.Tensor2D;
  const high = new Set(
    drawn(attentionMask({grid: wide, mode: 'high', ratio: 0.3, probability: 1}), 1, 1, {
      attention: scores.slice([0, 0], [1, 200]),
    }).masked[0],
  );
  const top = new Set(order(scores.slice([0, 0], [1, 200]))[0]!.slice(180));
  const {masked} = drawn(attentionMask({grid: wide, mode: 'hint', ratio: 0.3, probability: 1}), 2000, 1, {
    attention: scores,
  });
  const shown = masked.map(row => [...high].filter(token => !row.includes(token)));
  assert.ok(masked.every(row => row.length === 54 && row.every(token => high.has(token))));
  assert.ok(shown.flat().every(token => top.has(token)));
  const p = sameDistribution(countsOf(shown.flat()), Object.fromEntries([...top].map(token => [token, 1e9])));
  assert.ok(p > 0.001, `p = ${p}`);
});

test('a batch has one ratio of a range, and half of its images are whole', () => {
  const square = [10, 10] as const;
  const strategy = attentionMask({grid: square});
  const counts = Array.from({length: 40}, (_, seed) =>
    drawn(strategy, 200, seed, {attention: uniform(key(seed), [200, 100])}).masked.map(row => row.length),
  );
  const ratios = counts.map(batch => [...new Set(batch.filter(count => count > 0))]);
  assert.ok(
    ratios.every(own => own.length === 1 && own[0]! >= 10 && own[0]! <= 50),
    String(ratios),
  );
  assert.ok(Math.min(...ratios.flat()) < 15 && Math.max(...ratios.flat()) > 45);
  const whole = counts.flat().filter(count => count === 0).length;
  assert.ok(Math.abs(whole - 4000) < 4 * Math.sqrt(2000), `${whole} of 8,000 whole`);
});

test('where all images keep as many, `kept` is as wide', () => {
  const shapes = (options: object) =>
    tf.tidy(() => {
      const {kept, valid} = drawMasks(attentionMask({grid, ...options}), 2, 0, {attention: attention(2)});
      return [kept.shape[1], valid === undefined];
    });
  assert.deepEqual(
    [shapes({ratio: 0.5, probability: 1}), shapes({ratio: 0.5}), shapes({probability: 1})],
    [
      [10, true],
      [20, false],
      [20, false],
    ],
  );
  assert.deepEqual(shapes({mode: 'hint', ratio: 0.5, probability: 1, top: 0.4}), [14, true]);
});

test('no gradient flows into the attention', () => {
  const strategy = attentionMask({grid, probability: 1});
  const slope = tf.grad(x =>
    strategy
      .draw(key(1), 2, {attention: x as tf.Tensor2D})
      .masked.mul(x)
      .sum(),
  )(attention(2));
  // only that of the factor x
  assert.deepEqual([...slope.dataSync()], [...strategy.draw(key(1), 2, {attention: attention(2)}).masked.dataSync()]);
});

test('the seed decides', () => followsSeed(attentionMask({grid: [4, 5]}), {attention: attention(8)}));

test('without a teacher, with the attention on other tokens, and with options out of range: refused', () => {
  assert.throws(
    () => drawMasks(attentionMask({grid}), 2, 0),
    /^RangeError: attentionMask: expected the attention of a teacher, got none: a method that has a teacher draws these masks, a data source cannot/,
  );
  assert.throws(
    () => drawMasks(attentionMask({grid}), 3, 0, {attention: attention(2)}),
    /^RangeError: attentionMask: expected attention \[3,20\] on the tokens of each image, got \[2,20\]/,
  );
  for (const ratio of [0, 1, [0, 0.5]] as const)
    assert.throws(
      () => attentionMask({grid, ratio}),
      /^RangeError: attentionMask: expected a ratio of masked tokens above 0 and below 1, got /,
    );
  assert.throws(
    () => attentionMask({grid, ratio: 0.04}),
    /^RangeError: attentionMask: expected a ratio that masks some and keeps some of 20 tokens, got 0.04, which masks 0/,
  );
  assert.throws(
    () => attentionMask({grid, ratio: [0.5, 0.2]}),
    /^RangeError: attentionMask: expected a smallest and a largest ratio, got \[0.5, 0.2\]/,
  );
  assert.throws(
    () => attentionMask({grid, probability: 0}),
    /^RangeError: attentionMask: expected a probability above 0 and at most 1, got 0/,
  );
  assert.throws(
    () => attentionMask({grid, mode: 'hint', ratio: 0.2, top: 0.3}),
    /^RangeError: attentionMask: expected hints out of a top share above 0 and at most the ratio of 0.2, got 0.3/,
  );
  assert.throws(
    () => attentionMask({grid, mode: 'middle' as 'high'}),
    /^RangeError: attentionMask: expected mode 'high', 'hint' or 'low', got 'middle'/,
  );
});
