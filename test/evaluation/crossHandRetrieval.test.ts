import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {crossHandRetrieval} from '../../lib/evaluation/crossHandRetrieval';
import {flat} from '../flat';

/** Six emoji in three drawings, the last two by one hand. */
const set = {
  emojiOf: Int32Array.from({length: 18}, (_, i) => Math.floor(i / 3)),
  drawings: Int32Array.from({length: 18}, (_, i) => i % 3),
  hands: Int32Array.from({length: 18}, (_, i) => Math.min(1, i % 3)),
};
const rowsOf = (row: (emoji: number, drawing: number) => number[]) =>
  tf.tensor2d(Array.from(set.emojiOf, (emoji, i) => row(emoji, set.drawings[i]!)));
const oneHot = (emoji: number) => Array.from({length: 6}, (_, i) => Number(i === emoji));

test('features that know the emoji find all of them, those that know only the hand a sixth', async () => {
  const {accuracy, chance, pairs, queries} = await crossHandRetrieval(
    rowsOf((emoji, drawing) => [...oneHot(emoji), drawing / 5]),
    set,
  );
  assert.equal(accuracy, 1);
  assert.ok(Math.abs(chance - 1 / 6) < 1e-12);
  // not between the second and the third
  assert.deepEqual(
    pairs.map(({query, gallery}) => [query, gallery]),
    [
      [0, 1],
      [0, 2],
      [1, 0],
      [2, 0],
    ],
  );
  assert.equal(queries.length, 24);
  const {accuracy: guessed} = await crossHandRetrieval(
    rowsOf((_, drawing) => [drawing + 1, 1]),
    set,
  );
  assert.equal(guessed, 1 / 6);
});

test('by hand: whose nearest image is another one', async () => {
  // in the second drawing emoji 0 is like emoji 1, and unlike itself
  const like1 = [-0.1, 1, 0, 0, 0, 0];
  const features = rowsOf((emoji, drawing) => (drawing === 1 && emoji === 0 ? like1 : oneHot(emoji)));
  const {pairs, hits, queries, accuracy} = await crossHandRetrieval(features, set);
  assert.deepEqual(
    pairs.map(pair => Math.round(pair.accuracy * 6)),
    [5, 6, 5, 6],
  );
  assert.equal(accuracy, 22 / 24);
  assert.deepEqual(
    [...queries].filter((_, i) => hits[i] === 0).map(image => [set.emojiOf[image], set.drawings[image]]),
    [
      [0, 0],
      [0, 1],
    ],
  );
});

test('lengths count for nothing, and no tensor is left; refused: other rows, a single hand', async () => {
  await flat(async () => {
    const features = tf.tidy(() => normal(key(0), [18, 4]));
    const longer = tf.tidy(() => features.mul(tf.range(1, 19).expandDims(1))) as tf.Tensor2D;
    const [a, b] = [await crossHandRetrieval(features, set), await crossHandRetrieval(longer, set)];
    assert.deepEqual(a, b);
    tf.dispose([features, longer]);
  });
  await assert.rejects(
    crossHandRetrieval(tf.zeros([17, 2]), set),
    /^RangeError: crossHandRetrieval: expected a row of features for each of the 18 images, got 17$/,
  );
  await assert.rejects(
    crossHandRetrieval(tf.zeros([18, 2]), {...set, hands: new Int32Array(18)}),
    /^RangeError: crossHandRetrieval: expected drawings by at least two hands, got those of one$/,
  );
});
