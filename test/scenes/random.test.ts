import assert from 'node:assert/strict';
import {test} from 'node:test';
import {between, pick, random} from '../../lib/scenes/random';

const draws = (n: number, ...names: number[]) => {
  const r = random(...names);
  return Array.from({length: n}, () => r());
};
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('even on [0, 1): mean, variance, and ten equal parts', () => {
  const values = draws(100_000, 5);
  assert.ok(values.every(value => value >= 0 && value < 1));
  assert.ok(Math.abs(mean(values) - 1 / 2) < 0.005);
  assert.ok(Math.abs(mean(values.map(value => (value - 0.5) ** 2)) - 1 / 12) < 0.002);
  const parts = Array.from({length: 10}, (_, i) => values.filter(value => Math.floor(value * 10) === i).length);
  assert.ok(
    parts.every(count => Math.abs(count - 10_000) < 400),
    `${parts}`,
  );
});

test('neighboring names give draws that have nothing in common, the same names the same', () => {
  const first = Array.from({length: 4000}, (_, seed) => draws(2, seed, 1));
  const correlation = (pairs: number[][]) => mean(pairs.map(([a, b]) => (a! - 0.5) * (b! - 0.5))) * 12;
  const neighbors = first.slice(1).map(([a], i) => [a!, first[i]![0]!]);
  for (const pairs of [first, neighbors]) assert.ok(Math.abs(correlation(pairs)) < 0.06, `${correlation(pairs)}`);
  assert.deepEqual(draws(5, 3, 4), draws(5, 3, 4));
  assert.notDeepEqual(draws(5, 3, 4), draws(5, 4, 3));
  // on every machine
  assert.deepEqual(
    draws(2, 7).map(value => value * 2 ** 32),
    [1188728267, 372895265],
  );
});

test('between two numbers, and one of some things', () => {
  const r = random(1);
  const values = Array.from({length: 1000}, () => between(r, -2, 3));
  assert.ok(Math.min(...values) < -1.9 && Math.max(...values) > 2.9 && values.every(value => value >= -2 && value < 3));
  assert.deepEqual([...new Set(Array.from({length: 100}, () => pick(r, ['a', 'b', 'c'])))].sort(), ['a', 'b', 'c']);
});
