import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal, split} from '../../lib/engine/random';
import {gaussianCorrelation} from '../../lib/information/correlatedGaussians';
import {ksg} from '../../lib/information/ksg';
import {hashed} from '../reference/hashed';
import reference from '../reference/information.json';

const x = Array.from({length: 200}, (_, i) => Array.from(hashed('x', [200, 2]).subarray(2 * i, 2 * i + 2)));
const noise = hashed('noise', [200, 2]);
const y = x.map((point, i) => point.map((value, d) => 0.6 * value + 0.4 * noise[2 * i + d]!));

test("equals NPEET's formula to 1e-9, in nats and bits", () => {
  for (const {k, nats, bits} of reference.ksg) {
    assert.ok(Math.abs(ksg(x, y, {k}) - nats) < 1e-9, `${k}: ${ksg(x, y, {k})} and ${nats}`);
    assert.ok(Math.abs(ksg(x, y, {k, base: 2}) - bits) < 1e-9);
  }
});

test('the same at every scale, also for values on a grid, whose distances are often equal', () => {
  const grid = (points: number[][]) => points.map(point => point.map(value => Math.round(2000 * value) / 2000));
  for (const [a, b] of [
    [x, y],
    [grid(x), grid(y)],
  ] as const) {
    const expected = ksg(a, b);
    for (const scale of [1e-6, 1e-3, 0.1, 3, 1e3, 1e6]) {
      const [p, q] = [a, b].map(points => points.map(point => point.map(value => scale * value)));
      assert.ok(Math.abs(ksg(p!, q!) - expected) < 1e-9, `${scale}: ${ksg(p!, q!)} and ${expected}`);
    }
  }
});

test('within 5 % of the truth in one dimension', () => {
  const [n, information] = [2000, 1];
  const [a, b] = split(key(3), 2).map(part => Array.from(normal(part, [n]).dataSync()));
  const ρ = gaussianCorrelation(information, 1);
  const estimate = ksg(
    a!.map(value => [value]),
    a!.map((value, i) => [ρ * value + Math.sqrt(1 - ρ * ρ) * b![i]!]),
  );
  assert.ok(Math.abs(estimate - information) < 0.05, `${estimate}`);
  assert.ok(
    Math.abs(
      ksg(
        a!.map(value => [value]),
        b!.map(value => [value]),
      ),
    ) < 0.05,
  );
});

test('refuses in one line what has no answer', () => {
  assert.throws(() => ksg([[1], [2]], [[1]]), /^RangeError: ksg: expected as many x as y, got 2 and 1$/);
  assert.throws(
    () => ksg([[1], [2]], [[1], [2]], {k: 2}),
    /^RangeError: ksg: expected k from 1 to 1 for 2 samples, got 2$/,
  );
  assert.throws(
    () => ksg([[1], [NaN]], [[1], [2]], {k: 1}),
    /^RangeError: ksg: expected finite points of one width, got x\[1\] = \[NaN\]$/,
  );
  assert.throws(
    () => ksg([[1], [1], [1]], [[1], [1], [1]], {k: 1}),
    /expected samples that differ, got sample 0 2 times: add noise of about 1e-10/,
  );
});
