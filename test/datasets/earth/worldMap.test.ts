import assert from 'node:assert/strict';
import {test} from 'node:test';
import {latitudeOf, patchAt, stretchOf, type WorldMap} from '../../../lib/datasets/earth/worldMap';

const [height, width] = [256, 512];

/** A map of one channel, painted by degrees. */
function painted(value: (latitude: number, longitude: number) => number): WorldMap {
  const pixels = new Uint8Array(height * width);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      pixels[row * width + column] = value(latitudeOf(row, {height}), ((column + 0.5) / width) * 360 - 180);
  return {pixels, height, width, channels: 1};
}

/** Degrees between two points of the sphere. */
function distance([a, b]: [number, number], [c, d]: [number, number]): number {
  const [p, q, turn] = [a, c, d - b].map(degrees => (degrees * Math.PI) / 180) as [number, number, number];
  return (
    (Math.acos(Math.min(1, Math.sin(p) * Math.sin(q) + Math.cos(p) * Math.cos(q) * Math.cos(turn))) * 180) / Math.PI
  );
}

test('rows are degrees north, and the stretch is 1 at the equator and 2 at 60°', () => {
  assert.equal(latitudeOf(-0.5, {height}), 90);
  assert.equal(latitudeOf(height - 0.5, {height}), -90);
  assert.equal(latitudeOf((height - 1) / 2, {height}), 0);
  assert.equal(stretchOf((height - 1) / 2, {height}), 1);
  assert.ok(Math.abs(stretchOf(height / 6 - 0.5, {height}) - 2) < 1e-12);
});

test('a round island is round at every latitude', () => {
  for (const latitude of [-55, -20, 0, 40, 65]) {
    const map = painted((φ, λ) => (distance([φ, λ], [latitude, 10]) < 8 ? 255 : 0));
    const meridian = (190 / 360) * width;
    const top = Math.round(((90 - latitude) / 180) * height) - 16;
    const patch = patchAt(map, {top, meridian}, 32);
    const extent = (of: (at: number) => number) =>
      Array.from({length: 32}, (_, i) => of(i)).filter(most => most >= 128).length;
    const [tall, wide] = [
      extent(y => Math.max(...patch.subarray(y * 32, (y + 1) * 32))),
      extent(x => Math.max(...Array.from({length: 32}, (_, y) => patch[y * 32 + x]!))),
    ];
    assert.ok(
      Math.abs(tall - (16 / 180) * height) <= 1 && Math.abs(wide - tall) <= 2,
      `${latitude}°: ${wide} wide, ${tall} tall`,
    );
  }
});

test('each pixel is the mean of the columns that it covers', () => {
  const map = painted((φ, λ) => (Math.floor(φ * 7) ** 2 + Math.floor((λ + 180) * 5) * 31) % 256);
  const [top, meridian, size] = [30, 200.3, 8];
  const patch = patchAt(map, {top, meridian}, size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const stretch = stretchOf(top + y, map);
      const fine = Array.from(
        {length: 4000},
        (_, i) => map.pixels[(top + y) * width + Math.floor(meridian + (x - size / 2 + (i + 0.5) / 4000) * stretch)]!,
      );
      assert.ok(Math.abs(patch[y * size + x]! - fine.reduce((a, b) => a + b) / 4000) <= 0.6, `${y}, ${x}`);
    }
});

test('a patch goes on over the border between east and west, channel by channel', () => {
  const one = painted((φ, λ) => Math.floor(((λ + 180) / 360) * 8) * 20 + (Math.floor(φ + 90) % 7) * 10);
  // by half a turn
  const turned = painted((φ, λ) => Math.floor((((λ + 360) % 360) / 360) * 8) * 20 + (Math.floor(φ + 90) % 7) * 10);
  assert.deepEqual(patchAt(one, {top: 50, meridian: 0}, 16), patchAt(turned, {top: 50, meridian: width / 2}, 16));
  const colors: WorldMap = {
    ...one,
    pixels: Uint8Array.from({length: height * width * 3}, (_, i) =>
      i % 3 === 1 ? one.pixels[Math.floor(i / 3)]! : i % 3,
    ),
    channels: 3,
  };
  const patch = patchAt(colors, {top: 50, meridian: 0}, 16);
  assert.deepEqual(
    patch.filter((_, i) => i % 3 === 1),
    patchAt(one, {top: 50, meridian: 0}, 16),
  );
  assert.ok(patch.every((value, i) => i % 3 === 1 || value === i % 3));
});

test('refuses what reaches over a pole', () => {
  assert.throws(
    () =>
      patchAt(
        painted(() => 0),
        {top: 250, meridian: 0},
        16,
      ),
    /^RangeError: patchAt: expected 16 rows from a whole number of 0 to 240 on, got 250/,
  );
  assert.throws(
    () =>
      patchAt(
        painted(() => 0),
        {top: -1, meridian: 0},
        16,
      ),
    /got -1/,
  );
});
