import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, split, uniform} from '../../lib/engine/random';
import {ksg} from '../../lib/information/ksg';
import {localKsg} from '../../lib/information/localKsg';
import {hashed} from '../reference/hashed';
import reference from '../reference/localKsg.json';

const [inputs, noises] = ['x', 'noise'].map(name => Array.from(hashed(name, [200]))) as [number[], number[]];
const cases: Record<string, (x: number, noise: number) => number> = {
  'line 1': (x, noise) => x + noise,
  'line 0.1': (x, noise) => x + 0.1 * noise,
  'line 0.001': (x, noise) => x + 0.001 * noise,
  parabola: (x, noise) => x ** 2 + 0.01 * noise,
  independent: (_, noise) => noise,
};
const column = (values: readonly number[]) => values.map(value => [value]);

test("equals the authors' formula to 1e-9, in nats and bits", () => {
  for (const {case: name, k, alpha, nats, bits} of reference.results) {
    const y = column(inputs.map((value, i) => cases[name]!(value, noises[i]!)));
    for (const [base, expected] of [
      [Math.E, nats],
      [2, bits],
    ] as const) {
      const estimate = localKsg(column(inputs), y, {k, alpha, base});
      assert.ok(Math.abs(estimate - expected) < 1e-9, `${name}, k = ${k}: ${estimate} and ${expected}`);
    }
  }
});

test('a line with a little noise: near the truth where KSG stays far below', () => {
  const width = 1e-4;
  const n = 500; // y = x + u, x even in [0, 1], u in [0, w]: I = w/2 − log w
  const [a, u] = split(key(4), 2).map(part => Array.from(uniform(part, [n]).dataSync())) as [number[], number[]];
  const truth = width / 2 - Math.log(width);
  const y = column(a.map((value, i) => value + width * u[i]!));
  const [plain, local] = [ksg(column(a), y, {k: 5}), localKsg(column(a), y)];
  assert.ok(plain < truth - 2, `${plain} of ${truth}`);
  assert.ok(Math.abs(local - truth) < 0.05 * truth, `${local} of ${truth}`);
  assert.ok(Math.abs(localKsg(column(a), column(u))) < 0.1, 'expected about 0 of independent values');
});

test('the same at every scale, also for values on a grid; at every scale a line is refused', () => {
  const grid = (values: number[]) => values.map(value => Math.round(2000 * value) / 2000);
  for (const [a, b] of [
    [inputs, inputs.map((value, i) => cases['line 0.1']!(value, noises[i]!))],
    [grid(inputs), grid(noises)],
  ] as const) {
    const expected = localKsg(column(a), column(b));
    for (const scale of [1e-6, 1e-3, 0.1, 3, 1e3, 1e6]) {
      const [p, q] = [a, b].map(values => column(values.map(value => scale * value)));
      assert.ok(Math.abs(localKsg(p!, q!) - expected) < 1e-9, `${scale}: ${localKsg(p!, q!)} and ${expected}`);
      assert.throws(
        () => localKsg(p!, p!),
        /expected more neighbors than the 2 dimensions and none on a line/,
        `${scale}`,
      );
    }
  }
});

test('refuses in one line what has no answer', () => {
  const values = column(inputs);
  assert.throws(
    () => localKsg(values, values.slice(1)),
    /^RangeError: localKsg: expected as many x as y, got 200 and 199$/,
  );
  assert.throws(
    () => localKsg(values, values, {alpha: 0}),
    /^RangeError: localKsg: expected alpha above 0 and at most 1, got 0$/,
  );
  assert.throws(
    () => localKsg(values, values),
    /^RangeError: localKsg: expected more neighbors than the 2 dimensions and none on a line, got sample 0 with 5 that fill no volume/,
  );
  assert.throws(
    () => localKsg(values, column(inputs.map(() => 1))),
    /^RangeError: localKsg: expected samples that differ/,
  );
  assert.throws(
    () => localKsg([[NaN], ...values.slice(1)], values),
    /^RangeError: localKsg: expected finite points of one width, got x\[0\] = \[NaN\]$/,
  );
});
