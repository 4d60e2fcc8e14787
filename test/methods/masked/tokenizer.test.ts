import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {patches} from '../../../lib/layers/patchEmbedding';
import {tokenizer, type TokenizerOptions} from '../../../lib/methods/masked/tokenizer';
import type {EpochTools} from '../../../lib/module';
import {close} from '../../close';
import {flat} from '../../flat';

/** Images [6, 8, 8, 3] of four kinds of patches of one color, with a little noise. */
const images = tf.tidy(() => {
  const kinds = tf
    .tensor1d(
      Array.from({length: 24}, (_, i) => (i * 7) % 4),
      'int32',
    )
    .reshape([6, 2, 2]);
  const colors = tf
    .tensor2d([
      [0, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])
    .gather(kinds.flatten() as tf.Tensor1D)
    .reshape<tf.Tensor4D>([6, 2, 2, 3]);
  return colors.resizeNearestNeighbor([8, 8]).add(uniform(key(5), [6, 8, 8, 3]).mul(0.1)) as tf.Tensor4D;
});
const kinds = Array.from({length: 24}, (_, i) => (i * 7) % 4);

const tools = (options: Partial<EpochTools> = {}): EpochTools => ({
  key: key(1),
  epoch: 0,
  epochs: 2,
  embed: async (apply, params) => apply(params, images, {}),
  ...options,
});

const fitted = async (options: Partial<TokenizerOptions> = {}, given = tools()) => {
  const own = tokenizer({patch: 4, vocabulary: 4, ...options});
  return {own, state: await own.beforeEpoch(own.initState(), given)};
};

test('patches of one kind get one token, patches of two kinds two; centers are their means', async () => {
  const {own, state} = await fitted();
  const tokens = own.tokens(state, images);
  assert.deepEqual([tokens.shape, tokens.dtype], [[6, 4], 'int32']);
  const of = (kind: number) => new Set([...tokens.dataSync()].filter((_, i) => kinds[i] === kind));
  assert.deepEqual(
    [0, 1, 2, 3].map(kind => of(kind).size),
    [1, 1, 1, 1],
  );
  assert.equal(new Set(tokens.dataSync()).size, 4);
  const all = patches(images, 4).reshape<tf.Tensor2D>([24, 48]);
  const mean = all
    .gather(
      tf.tensor1d(
        kinds.flatMap((kind, i) => (kind === 2 ? [i] : [])),
        'int32',
      ),
    )
    .mean(0);
  close(
    state.centers
      .gather(tf.tensor1d([...of(2)], 'int32'))
      .flatten()
      .dataSync(),
    mean.dataSync(),
    1e-5,
  );
});

test('of each image as many patches as asked for, at random; the same key gives the same centers', async () => {
  const shapes: number[][] = [];
  const seen: EpochTools['embed'] = async (apply, params) => {
    const drawn = apply(params, images, {});
    shapes.push(drawn.shape);
    const own = new Set((patches(images, 4).reshape([24, 48]).arraySync() as number[][]).map(String));
    const rows = drawn.reshape([-1, 48]).arraySync() as number[][];
    assert.ok(
      rows.every(row => own.has(String(row))),
      'each is a patch of the images',
    );
    assert.equal(new Set(rows.map(String)).size, rows.length, 'none is drawn twice');
    return drawn;
  };
  const centers = async (seed: number) => [
    ...(await fitted({samples: 2, vocabulary: 3}, tools({embed: seen, key: key(seed)}))).state.centers.dataSync(),
  ];
  const first = await centers(1);
  assert.deepEqual(shapes, [[6, 96]]);
  assert.deepEqual(await centers(1), first);
  assert.notDeepEqual(await centers(2), first);
});

test('after the first epoch, and where centers are given, the state stays as it is', async () => {
  const own = tokenizer({patch: 4, vocabulary: 4});
  const state = own.initState();
  close(state.centers.dataSync(), Array(4 * 48).fill(0), 0);
  assert.equal(await own.beforeEpoch(state, tools({epoch: 1})), state);
  const centers = uniform(key(2), [3, 48]);
  const given = tokenizer({patch: 4, centers});
  assert.equal(given.vocabulary, 3);
  const start = given.initState();
  assert.notEqual(start.centers, centers);
  close(start.centers.dataSync(), centers.dataSync(), 0);
  assert.equal(await given.beforeEpoch(start, tools()), start);
});

test('nothing is left in memory, of tokens or of a search that is given up', async () => {
  const own = tokenizer({patch: 4, vocabulary: 4});
  const [state, given] = [own.initState(), tools()];
  await flat(() => own.beforeEpoch(state, given), 1);
  await flat(() => own.tokens(state, images), 1);
  const ended = new AbortController();
  ended.abort(new Error('enough'));
  await flat(() => assert.rejects(own.beforeEpoch(state, {...given, signal: ended.signal}), /enough/));
});

test('refused: one token, no patch or too many, centers of another shape, more tokens than patches', async () => {
  const make = (options: Partial<TokenizerOptions>) => () => tokenizer({patch: 4, ...options});
  assert.throws(make({vocabulary: 1}), /^RangeError: tokenizer: expected vocabulary a whole number from 2, got 1$/);
  assert.throws(make({samples: 0}), /^RangeError: tokenizer: expected at least 1 patch of each image, got 0$/);
  assert.throws(make({patch: 0}), /^RangeError: tokenizer: expected the side of a patch in pixels, got 0$/);
  assert.throws(
    make({centers: tf.zeros([4, 47])}),
    /^RangeError: tokenizer: expected centers \[4, 48\], got \[4,47\]$/,
  );
  assert.throws(
    make({vocabulary: 5, centers: tf.zeros([4, 48])}),
    /^RangeError: tokenizer: expected centers \[5, 48\], got \[4,48\]$/,
  );
  await assert.rejects(
    fitted({samples: 5}),
    /^RangeError: tokenizer: expected at most the 4 patches of an image, got 5$/,
  );
  await assert.rejects(
    fitted({vocabulary: 25}),
    /^RangeError: kMeans: expected 1 to 24 clusters of 24 points, got 25$/,
  );
});
