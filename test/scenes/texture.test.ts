import assert from 'node:assert/strict';
import {test} from 'node:test';
import {close} from '../close';
import {readTexture, texture} from '../../lib/scenes/texture';

const noise = Uint8Array.from({length: 32 * 32 * 3}, (_, i) => (i * i * 31 + i * 17) % 256);
const read = (given: ReturnType<typeof texture>, u: number, v: number, footprint = 1) => {
  const out = new Float64Array(3);
  readTexture(given, u, v, footprint, out);
  return [...out];
};

test('levels halve down to one texel, which is the mean', () => {
  const {levels} = texture(noise, 32);
  assert.deepEqual(
    levels.map(({length}) => length / 3),
    [1024, 256, 64, 16, 4, 1],
  );
  for (const c of [0, 1, 2]) {
    const mean = noise.filter((_, i) => i % 3 === c).reduce((sum, value) => sum + value, 0) / 1024;
    assert.ok(Math.abs(levels[5]![c]! - mean) < 2, `${levels[5]![c]} for ${mean}`);
  }
});

test('between texels by their distance, mirrored at each repeat, from the level of the footprint', () => {
  const steps = texture(
    Uint8Array.from({length: 4 * 4 * 3}, (_, i) => 60 * (Math.floor(i / 3) % 4)),
    4,
  );
  assert.deepEqual(
    [0.125, 0.25, 0.375, 0.625].map(u => read(steps, u, 0.5)[0]),
    [0, 30, 60, 120],
  );
  for (const u of [0.03, 0.2, 0.77])
    for (const other of [-u, 2 - u, 2 + u, -2 + u]) close(read(steps, other, 0.3), read(steps, u, 0.3), 1e-12);
  assert.deepEqual(read(texture(noise, 32), 0.4, 0.7, 64), [...texture(noise, 32).levels[5]!]);
});

test('refused: another number of bytes, a side that is no power of two', () => {
  assert.throws(() => texture(noise, 16), /^RangeError: texture: expected the 768 bytes of a square .*, got 3072/);
  assert.throws(() => texture(new Uint8Array(27), 3), /^RangeError: texture: .* a power of two, got 27 for 3 × 3$/);
});
