import assert from 'node:assert/strict';
import {test} from 'node:test';
import {circle} from '../../lib/scenes/circle';

test('cosine and sine of a share of a turn, as Math has them', () => {
  for (let i = -400; i <= 400; i++) {
    const turns = i / 133;
    const [c, s] = circle(turns);
    assert.ok(Math.abs(c - Math.cos(2 * Math.PI * turns)) < 1e-14, `cosine of ${turns}: ${c}`);
    assert.ok(Math.abs(s - Math.sin(2 * Math.PI * turns)) < 1e-14, `sine of ${turns}: ${s}`);
  }
});

test('quarters of a turn are exact', () => {
  assert.deepEqual(
    [0, 0.25, 0.5, 0.75, 1, -0.25].map(turns => circle(turns).map(value => value + 0)),
    [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
      [1, 0],
      [0, -1],
    ],
  );
});
