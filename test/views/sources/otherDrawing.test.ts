import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import type {LoadedDataset} from '../../../lib/datasets/dataset';
import {drawnEmoji} from '../../../lib/datasets/emoji/drawnEmoji';
import {compile} from '../../../lib/engine/compile';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {compose} from '../../../lib/views/compose';
import {otherDrawing, type OtherDrawingOptions} from '../../../lib/views/sources/otherDrawing';
import {simclrCifarViews} from '../../../lib/views/recipes/simclrCifar';
import {close} from '../../close';
import {flat} from '../../flat';
import {near, share as shareOf} from '../recipes/measure';

type Drawn = OtherDrawingOptions['dataset'];
const [count, per] = [30, 5];
const same = {first: compose({}), second: compose({})};

/**
 * 30 emoji of five drawings by four hands, the last hand's two; red is the emoji, green the
 * drawing, blue the hand. The last six emoji are for the test.
 */
const images = Array.from(
  {length: count * per},
  (_, i) => [Math.floor(i / per), i % per, Math.min(i % per, 3)] as const,
);
const plain: LoadedDataset = {
  name: 'drawn',
  images: Uint8Array.from(images.flat()),
  shape: [count * per, 1, 1, 3],
  labels: new Int32Array(count * per),
  classes: ['all'],
  splits: {
    pretrain: Int32Array.from({length: 120}, (_, i) => 119 - i),
    train: Int32Array.of(0, 1, 2, 3),
    validation: new Int32Array(),
    test: Int32Array.from({length: 30}, (_, i) => 120 + i),
  },
  mean: [0.5, 0.5, 0.5],
  standardDeviation: [1, 1, 1],
  license: 'CC0-1.0',
  credit: '',
  checksum: '',
};
const dataset: Drawn = {
  ...plain,
  emojiOf: Int32Array.from(images, ([emoji]) => emoji),
  drawings: Int32Array.from(images, ([, drawing]) => drawing),
  hands: Int32Array.from(images, ([, , hand]) => hand),
};

/** Emoji, drawing and hand of both views over some batches of all samples. */
function pairs(
  options: Partial<OtherDrawingOptions>,
  batches = 200,
): {first: number[]; second: number[]; index: number}[] {
  const source = otherDrawing({dataset, recipe: same, ...options});
  const all = tf.range(0, source.size, 1, 'int32');
  const drawn = Array.from({length: batches}, (_, seed) =>
    tf.tidy(() => {
      const {first, second, index} = source.batch(all, key(seed), {});
      const of = (views: tf.Tensor4D) => views.reshape([source.size, 3]).mul(255).round().arraySync() as number[][];
      const [a, b, places] = [of(first), of(second), index.dataSync()];
      return a.map((view, i) => ({first: view, second: b[i]!, index: places[i]!}));
    }),
  ).flat();
  source.dispose();
  all.dispose();
  return drawn;
}

test("both views show the sample's emoji, by two hands; every hand and every drawing is as likely in either", () => {
  const drawn = pairs({});
  for (const {first, second, index} of drawn) {
    assert.equal(first[0], 23 - index); // the split counts down
    assert.equal(second[0], first[0]);
    assert.notEqual(second[2], first[2]);
  }
  for (const view of ['first', 'second'] as const) {
    for (const hand of [0, 1, 2, 3])
      near(
        shareOf(drawn, pair => pair[view][2] === hand),
        0.25,
        0.025,
        `${view}, hand ${hand}`,
      );
    for (const drawing of [3, 4])
      near(
        shareOf(drawn, pair => pair[view][1] === drawing),
        0.125,
        0.02,
        `${view}, drawing ${drawing}`,
      );
  }
  const combinations = new Set(drawn.map(({first, second}) => `${first[1]} ${second[1]}`));
  assert.equal(combinations.size, 5 * 5 - 5 - 2);
});

test("share is the dial: at 0 one drawing twice, at 0.3 two hands in 0.3; no view's hands depend on it", () => {
  assert.ok(pairs({share: 0}, 20).every(({first, second}) => `${first}` === `${second}`));
  const drawn = pairs({share: 0.3});
  near(
    shareOf(drawn, ({first, second}) => first[2] !== second[2]),
    0.3,
    0.025,
    'share of two hands',
  );
  assert.ok(drawn.every(({first, second}) => first[2] !== second[2] || first[1] === second[1]));
  near(
    shareOf(drawn, ({second}) => second[2] === 3),
    0.25,
    0.025,
    'last hand',
  );
});

test('each split has its own emoji', () => {
  assert.deepEqual(
    pairs({split: 'test'}, 1).map(({first}) => first[0]),
    [24, 25, 26, 27, 28, 29],
  );
});

test('a function of the key, the same compiled; no tensor is left, disposing frees what is held', async () => {
  await flat(async () => {
    const source = otherDrawing({dataset, share: 0.5, recipe: same});
    const all = tf.range(0, 24, 1, 'int32');
    const k = key(4);
    const k2 = key(5);
    const [eager, again, other] = await flat(() => [k, k, k2].map(own => source.batch(all, own, {})), 9);
    assert.deepEqual(eager!.second.dataSync(), again!.second.dataSync());
    assert.notDeepEqual(eager!.second.dataSync(), other!.second.dataSync());
    const step = compile(
      (_: {}, given: {all: tf.Tensor1D; k: tf.Tensor1D}) => ({outputs: source.batch(given.all, given.k, {})}),
      {},
      {all: {dtype: 'int32', shape: [24]}, k: {dtype: 'int32', shape: [2]}},
      {holds: source.holds},
    );
    const compiled = step.run({all, k});
    close(compiled.first.dataSync(), eager!.first.dataSync(), 1e-6);
    close(compiled.second.dataSync(), eager!.second.dataSync(), 1e-6);
    step.dispose();
    source.dispose();
    tf.dispose([all, k, k2, compiled, eager, again, other]);
  });
});

test('a share outside 0 to 1, torn emoji, and one hand alone are refused', () => {
  for (const share of [-0.1, 1.1, NaN])
    assert.throws(
      () => otherDrawing({dataset, share, recipe: same}),
      /^RangeError: otherDrawing: expected a share of pairs from 0 to 1, got/,
    );
  assert.throws(
    () => otherDrawing({dataset, split: 'train', recipe: same}),
    /^RangeError: otherDrawing: expected all 5 drawings of each emoji in the split 'train' of drawn, got 4 of emoji 0; choose whole emoji$/,
  );
  assert.throws(
    () => otherDrawing({dataset: {...dataset, hands: new Int32Array(150)}, recipe: same}),
    /^RangeError: otherDrawing: expected drawings by at least 2 hands in drawn, got 1$/,
  );
  assert.throws(
    () => otherDrawing({dataset, split: 'validation', recipe: same}),
    /^RangeError: imageSource: expected images in the split 'validation' of drawn, got none/,
  );
});

let emoji: Awaited<ReturnType<typeof drawnEmoji>>;
before(async () => {
  emoji = await drawnEmoji();
});

test('the drawn emoji: those of pre-training alone, each once', () => {
  const source = otherDrawing({dataset: emoji, recipe: simclrCifarViews(emoji)});
  assert.equal(source.size, 6235 / 5);
  const {first, second} = source.batch(tf.tensor1d([0, 7], 'int32'), key(1), {});
  assert.deepEqual(
    [first.shape, second.shape],
    [
      [2, 32, 32, 3],
      [2, 32, 32, 3],
    ],
  );
  source.dispose();
});
