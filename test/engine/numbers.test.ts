import assert from 'node:assert/strict';
import {test} from 'node:test';
import {numbers} from '../../lib/engine/numbers';
import {countsOf, sameDistribution} from '../masks/chiSquare';

const even = (bins: number, each: number) => Object.fromEntries(Array.from({length: bins}, (_, bin) => [bin, each]));

test('the first numbers are those of sfc32', () => {
  // Its update in 64-bit arithmetic: out = a + b + counter++; a = b ^ b >> 9; b = 9 c; c = rotl(c,
  // 21) + out.
  const [seed, mask] = [2n ** 40n + 12345n, 2n ** 32n - 1n];
  let [a, b, c, counter] = [seed & mask, seed >> 32n, 0n, 1n];
  const outputs = Array.from({length: 40}, () => {
    const out = (a + b + counter) & mask;
    counter += 1n;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = ((((c << 21n) | (c >> 11n)) & mask) + out) & mask;
    return Number(out) / 2 ** 32;
  });
  const next = numbers(Number(seed));
  assert.deepEqual(
    Array.from({length: 24}, () => next()),
    outputs.slice(16),
  );
});

test('even within a seed and over neighboring seeds, also those that differ only above 2^32; pairs are, too', () => {
  const next = numbers(7);
  const one = Array.from({length: 50_000}, () => next());
  assert.ok(one.every(value => value >= 0 && value < 1));
  const bin = (value: number) => Math.floor(64 * value);
  for (const [name, values] of Object.entries({
    within: one.map(bin),
    next: Array.from({length: 50_000}, (_, seed) => bin(numbers(seed)())),
    far: Array.from({length: 50_000}, (_, seed) => bin(numbers(seed * 2 ** 32)())),
    pairs: one.slice(1).map((value, i) => 8 * Math.floor(8 * value) + Math.floor(8 * one[i]!)),
    seeds: Array.from(
      {length: 50_000},
      (_, seed) => 8 * Math.floor(8 * numbers(seed)()) + Math.floor(8 * numbers(seed + 1)()),
    ),
  })) {
    const p = sameDistribution(countsOf(values), even(64, 1e9)); // against counts without chance
    assert.ok(p > 0.001, `${name}: p = ${p}`);
  }
});

test('a seed that is no whole number is refused', () => {
  for (const seed of [-1, 0.5, 2 ** 53, NaN])
    assert.throws(() => numbers(seed), /^RangeError: numbers: expected a whole seed from 0 to /);
});
