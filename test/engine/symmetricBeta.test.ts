import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compile} from '../../lib/engine/compile';
import {fold, key} from '../../lib/engine/random';
import {symmetricBeta} from '../../lib/engine/symmetricBeta';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/fineTune.json';

const draws = 40_000;

for (const {alpha, quantiles} of reference.beta) {
  test(`α = ${alpha}: mean, variance and fourth moment in closed form; as many draws below each tenth as scipy says`, () => {
    const drawn = symmetricBeta(key(5), [draws], alpha).dataSync<'float32'>();
    const about = (power: number) => drawn.reduce((sum, x) => sum + (x - 0.5) ** power, 0) / draws;
    const variance = 1 / (4 * (2 * alpha + 1));
    close(
      [about(1), about(2) / variance, about(4) / variance ** 2],
      [0, 1, (3 * (2 * alpha + 1)) / (2 * alpha + 3)],
      0.02,
    );
    const below = quantiles.map(quantile => drawn.filter(x => x < quantile).length / draws);
    below.forEach((share, i) =>
      assert.ok(
        Math.abs(share - reference.shares[i]!) < 0.0085,
        `${share} of the draws below the quantile of ${reference.shares[i]}`,
      ),
    ); // of 40,000: more than three deviations
    assert.ok(drawn.every(x => x >= 0 && x <= 1));
  });
}

test('an α so small that a power leaves float32 gives 0 and 1, half of each', () => {
  const drawn = symmetricBeta(key(1), [1000], 1e-6).dataSync<'float32'>();
  assert.ok(drawn.every(x => x === 0 || x === 1));
  assert.ok(Math.abs(drawn.filter(Boolean).length - 500) < 60);
});

test('a function of the key, of any shape; in a compiled step another draw at each index', async () => {
  assert.deepEqual(symmetricBeta(key(3), [2, 3], 0.8).dataSync(), symmetricBeta(key(3), [2, 3], 0.8).dataSync());
  assert.notDeepEqual(symmetricBeta(key(3), [2], 0.8).dataSync(), symmetricBeta(key(4), [2], 0.8).dataSync());
  const step = compile<{}, {index: tf.Tensor}, {drawn: tf.Scalar}>(
    (_state, {index}) => ({outputs: {drawn: symmetricBeta(fold(key(3), index as tf.Scalar), [], 0.8)}}),
    {},
    {index: {dtype: 'int32', shape: []}},
  );
  for (const i of [0, 1, 2]) {
    const [compiled] = step.run({index: tf.scalar(i, 'int32')}).drawn.dataSync();
    close([compiled!], symmetricBeta(fold(key(3), i), [], 0.8).dataSync(), 1e-6);
  }
  step.dispose();
  const k = key(0);
  await flat(() => symmetricBeta(k, [4], 1), 1);
});

test('an α that is not above 0 is refused', () => {
  for (const alpha of [0, -1, NaN, Infinity])
    assert.throws(() => symmetricBeta(key(0), [], alpha), {
      name: 'RangeError',
      message: `symmetricBeta: expected α > 0, got ${alpha}`,
    });
});
