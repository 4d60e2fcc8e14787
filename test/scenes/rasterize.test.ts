import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {rasterize, samplesOf} from '../../lib/scenes/rasterize';

test('triangles that share edges leave no sample out, wherever their corners lie', () => {
  const share = fc.double({min: 0.05, max: 0.95, noNaN: true});
  fc.assert(
    fc.property(fc.array(share, {minLength: 32, maxLength: 32}), shares => {
      // a grid of 4 × 4 squares, larger than the image, whose inner corners are moved about
      const corner = (i: number, j: number) => {
        const inner = i > 0 && i < 4 && j > 0 && j < 4;
        const at = (k: number) => (inner ? shares[(2 * (4 * i + j) + k) % 32]! - 0.5 : 0);
        return [(i - 2 + at(0)) * 0.7, (j - 2 + at(1)) * 0.7, 1];
      };
      const corners = [0, 1, 2, 3].flatMap(i =>
        [0, 1, 2, 3].flatMap(j => [
          ...[corner(i, j), corner(i + 1, j), corner(i, j + 1)],
          ...[corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)],
        ]),
      );
      const samples = samplesOf(64);
      rasterize(samples, Float64Array.from(corners.flat()), 32, 1);
      return samples.triangle.every(k => k >= 0);
    }),
    {numRuns: 200},
  );
});

test('what reaches behind the camera is cut off, without a gap where two triangles meet', () => {
  // the ground from far ahead to far behind, in two triangles
  const [left, right] = [-7.3, 9.1];
  const corners = Float64Array.from(
    [
      [left, -1, -5],
      [right, -1, -5],
      [left, -1, 50],
      [right, -1, -5],
      [right, -1, 50],
      [left, -1, 50],
    ].flat(),
  );
  const samples = samplesOf(64);
  rasterize(samples, corners, 2, 1);
  for (let row = 0; row < 64; row++)
    for (let column = 0; column < 64; column++) {
      const [across, up] = [(column + 0.5 - 32) / 32, (32 - row - 0.5) / 32];
      const z = 1 / -up;
      const inside = up < 0 && z < 49 && across * z > left + 0.2 && across * z < right - 0.2;
      if (inside) {
        assert.ok(samples.triangle[row * 64 + column]! >= 0, `${row} ${column}`);
        assert.ok(Math.abs(samples.depth[row * 64 + column]! / z - 1) < 0.05);
      } else if (up > 0) assert.equal(samples.triangle[row * 64 + column], -1);
    }
});

test('what is cut off ends at the depth of 0.05', () => {
  // a slope y = 0.05 − 1.6 z through the plane of the cut, where it is seen at y / z = −0.6
  const at = (x: number, z: number) => [x, 0.05 - 1.6 * z, z];
  const corners = Float64Array.from([at(-9, -5), at(9, -5), at(-9, 5), at(9, -5), at(9, 5), at(-9, 5)].flat());
  const samples = samplesOf(256);
  rasterize(samples, corners, 2, 1);
  for (let row = 0; row < 256; row++) {
    const up = (128 - row - 0.5) / 128;
    if (Math.abs(up + 0.6) < 0.01) continue; // at the cut itself
    for (const column of [5, 128, 250]) {
      const [k, z] = [samples.triangle[row * 256 + column]!, samples.depth[row * 256 + column]!];
      assert.equal(k >= 0, up < -0.6, `row ${row}`);
      if (k >= 0) assert.ok(Math.abs(z / (0.05 / (up + 1.6)) - 1) < 0.02, `row ${row}: ${z}`);
    }
  }
});

test('of two surfaces the nearer one is kept, whichever comes first', () => {
  const square = (z: number) => [
    [-9, -9, z],
    [9, -9, z],
    [0, 18, z],
  ];
  for (const [first, second] of [
    [2, 3],
    [3, 2],
  ] as const) {
    const samples = samplesOf(16);
    rasterize(samples, Float64Array.from([...square(first), ...square(second)].flat()), 2, 1);
    assert.ok(samples.triangle.every(k => k === (first < second ? 0 : 1)));
  }
});
