import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {neighbors} from '../../lib/evaluation/neighbors';
import {close} from '../close';
import {flat} from '../flat';

const cosine = (a: number[], b: number[]) =>
  a.reduce((sum, v, i) => sum + v * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));

test('equals sorting all pairs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({min: 1, max: 6}),
      fc.integer({min: 1, max: 9}),
      fc.integer({min: 2, max: 5}),
      fc.nat(),
      async (n, m, d, seed) => {
        const [query, bank] = [normal(key(seed), [n, d]), normal(key(seed + 1), [m, d])];
        const k = 1 + (seed % m);
        const {indices, similarities} = await flat(() => neighbors(query, bank, k));
        const [q, b] = [query.arraySync(), bank.arraySync()];
        const expected = q
          .map(a =>
            b
              .map((v, index) => ({index, s: cosine(a, v)}))
              .sort((x, y) => y.s - x.s)
              .slice(0, k),
          )
          .flat();
        close(
          similarities,
          expected.map(({s}) => s),
          1e-5,
        );
        assert.deepEqual(
          [...indices],
          expected.map(({index}) => index),
        );
      },
    ),
    {numRuns: 25},
  );
});

test('of equal ones the first of the bank comes first; length does not matter', async () => {
  const bank = tf.tensor2d([
    [1, 0],
    [0, 1],
    [0, 5],
    [0, 0.1],
  ]);
  const {indices, similarities} = await neighbors(tf.tensor2d([[0, 3]]), bank, 3);
  assert.deepEqual([...indices], [1, 2, 3]);
  close(similarities, [1, 1, 1], 1e-6);
});

test('a bank too large for one piece gives the same', async () => {
  const [query, bank] = [normal(key(1), [1000, 4]), normal(key(2), [40_000, 4])];
  const {indices, similarities} = await flat(() => neighbors(query, bank, 2));
  const last = await neighbors(query.slice([999, 0], [1, 4]), bank, 2);
  assert.deepEqual(indices.subarray(1998), last.indices);
  close(similarities.subarray(1998), last.similarities, 1e-6);
});

test('an abort between pieces ends it with its reason and leaves nothing', async () => {
  const [query, bank] = [normal(key(1), [1000, 4]), normal(key(2), [40_000, 4])];
  const controller = new AbortController();
  setImmediate(() => setImmediate(() => controller.abort(new Error('stop'))));
  await flat(() => assert.rejects(neighbors(query, bank, 2, {signal: controller.signal}), /^Error: stop/));
});

test('no query, other widths and k beyond the bank are refused', async () => {
  await assert.rejects(
    neighbors(tf.zeros([0, 2]), tf.ones([3, 2]), 1),
    /^RangeError: neighbors: expected at least one query, got none/,
  );
  await assert.rejects(
    neighbors(tf.ones([1, 3]), tf.ones([3, 2]), 1),
    /^RangeError: neighbors: expected query and bank of one width, got \[1,3\] and \[3,2\]/,
  );
  await assert.rejects(
    neighbors(tf.ones([1, 2]), tf.ones([3, 2]), 4),
    /^RangeError: neighbors: expected k from 1 to 3, the size of the bank, got 4/,
  );
});
