// slow: computes for seconds

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {jStat} from 'jstat';
import {countOf, factorNames, type FactorName} from '../../../lib/datasets/factors';
import {generatedFactors} from '../../../lib/datasets/generatedFactors';
import {compile} from '../../../lib/engine/compile';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {sharedInformation} from '../../../lib/information/sharedInformation';
import {sharedFactors} from '../../../lib/views/sources/sharedFactors';

const plain = {mean: [0, 0, 0], standardDeviation: [1, 1, 1]};
const range = (n: number) => tf.range(0, n, 1, 'int32');

test('every factor is decoded from every view, by the nearest of all images', () => {
  const {
    images,
    shape: [n, h, w, c],
    factors,
  } = generatedFactors();
  const source = sharedFactors({...plain, shared: ['digit']});
  const pairs = source.batch(range(100), key(1), {});
  const drawn = source.draw(100, key(1));
  const all = tf.tidy(() =>
    tf.tensor2d(
      Float32Array.from(images, byte => byte / 255),
      [n, h * w * c],
    ),
  );
  for (const side of ['first', 'second'] as const) {
    const nearest = tf.tidy(() => {
      const views = pairs[side].reshape<tf.Tensor2D>([100, h * w * c]);
      return tf.matMul(views, all, false, true).mul(2).sub(all.square().sum(1)).argMax(1).dataSync();
    });
    for (const name of factorNames)
      assert.deepEqual(
        Array.from(nearest, place => factors[name][place]),
        Array.from(drawn[side][name].dataSync()),
        `${name}, ${side} view`,
      );
  }
  all.dispose();
  source.dispose();
});

test('what is shared is alike, all else is independent (chi-square, p > 0.001)', () => {
  const n = 20_000;
  const source = sharedFactors({...plain, shared: ['background', 'scale']});
  const {first, second} = source.draw(n, key(7));
  const values = (draw: typeof first, name: FactorName) => draw[name].dataSync();
  for (const name of ['background', 'scale'] as const) assert.deepEqual(values(first, name), values(second, name));
  for (const [a, b] of [
    ['digit', 'digit'],
    ['position', 'position'],
    ['colour', 'colour'],
    ['background', 'digit'],
  ] as const) {
    const [rows, columns] = [countOf(a), countOf(b)];
    const counts = new Float64Array(rows * columns);
    const [x, y] = [values(first, a), values(second, b)];
    for (let i = 0; i < n; i++) counts[x[i]! * columns + y[i]!]!++;
    const expected = n / (rows * columns);
    const square = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    assert.ok(1 - jStat.chisquare.cdf(square, rows * columns - 1) > 0.001, `${a} and ${b}: ${square}`);
  }
  source.dispose();
});

test('the exact information is that of the joint counts of all pairs', () => {
  assert.equal(sharedInformation([]), 0);
  assert.ok(Math.abs(sharedInformation(['digit', 'scale']) - Math.log(20)) < 1e-12);
  // all equally likely pairs of (background, scale) that share the background
  const [shared, own] = [countOf('background'), countOf('scale')];
  const pairs = Array.from(
    {length: shared * own * own},
    (_, i) => [Math.floor(i / own), Math.floor(i / own / own) * own + (i % own)] as const,
  );
  const share = (of: (pair: readonly [number, number]) => string) => {
    const counts = new Map<string, number>();
    for (const pair of pairs) counts.set(of(pair), (counts.get(of(pair)) ?? 0) + 1);
    return [...counts.values()].reduce(
      (sum, count) => sum - (count / pairs.length) * Math.log(count / pairs.length),
      0,
    );
  };
  assert.ok(
    Math.abs(
      share(([a]) => `${a}`) +
        share(([, b]) => `${b}`) -
        share(pair => pair.join()) -
        sharedInformation(['background']),
    ) < 1e-9,
  );
});

test('compiled equals eager; the key decides', () => {
  const source = sharedFactors({...plain, shared: ['position']});
  const compiled = compile<{}, {indices: tf.Tensor1D}, {first: tf.Tensor; second: tf.Tensor}>(
    (_state, {indices}) => {
      const {first, second} = source.batch(indices, key(5), {});
      return {outputs: {first, second}};
    },
    {},
    {indices: {dtype: 'int32', shape: [8]}},
    {holds: source.holds},
  );
  const [recorded, eager, other] = [
    compiled.run({indices: range(8)}),
    source.batch(range(8), key(5), {}),
    source.batch(range(8), key(6), {}),
  ];
  assert.ok(tf.tidy(() => recorded.second.sub(eager.second).abs().max().dataSync()[0]!) < 1e-6);
  assert.notDeepEqual(eager.second.dataSync(), other.second.dataSync());
  compiled.dispose();
  source.dispose();
});

test('refuses in one line what is no factor', () => {
  assert.throws(
    () => sharedFactors({...plain, shared: ['shape' as never]}),
    /^RangeError: sharedFactors: expected factors of digit, position, background, colour, scale, got 'shape'$/,
  );
  assert.throws(
    () => sharedInformation(['digit', 'digit']),
    /^RangeError: sharedInformation: expected each factor once, got digit, digit$/,
  );
  assert.throws(
    () => sharedFactors({...plain, shared: [], size: 20}),
    /expected a side of 32 pixels or a multiple, got 20/,
  );
});
