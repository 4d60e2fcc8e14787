// The losses on similarities, all of them: against torch, in a compiled step, and what each leaves
// behind.
// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compile} from '../../lib/engine/compile';
import {valueAndGradients} from '../../lib/engine/gradients';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {alignmentUniformity} from '../../lib/losses/alignmentUniformity';
import {contrastive} from '../../lib/losses/contrastive';
import {debiased} from '../../lib/losses/debiased';
import {decoupled} from '../../lib/losses/decoupled';
import {hardContrastive} from '../../lib/losses/hardContrastive';
import {hardNegativeWeighted} from '../../lib/losses/hardNegativeWeighted';
import {hardSimple} from '../../lib/losses/hardSimple';
import {marginTriplet} from '../../lib/losses/marginTriplet';
import {ntLogistic} from '../../lib/losses/ntLogistic';
import {pairSimilarities, type Similarities} from '../../lib/losses/similarities';
import {simple} from '../../lib/losses/simple';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/contrastiveLosses.json';
import {hashed} from '../reference/hashed';

type Loss = (z: tf.Tensor2D, options?: {}) => tf.Scalar;
const onSimilarities =
  (loss: (similarities: Similarities, options?: {}) => tf.Scalar): Loss =>
  (z, options) =>
    tf.tidy(() => loss(pairSimilarities(z), options));
const losses: Record<string, Loss> = {
  ...Object.fromEntries(
    Object.entries({
      contrastive,
      simple,
      hardContrastive,
      hardSimple,
      marginTriplet,
      ntLogistic,
      decoupled,
      debiased,
      hardNegativeWeighted,
    }).map(([name, loss]) => [name, onSimilarities(loss)]),
  ),
  alignmentUniformity: (z, options) =>
    tf.tidy(() => alignmentUniformity(...(tf.split(z, 2) as [tf.Tensor2D, tf.Tensor2D]), options)),
};

const {n, d, cases} = reference;
const projections = tf.tidy(() => {
  const [first, moved] = [
    tf.tensor2d(hashed('contrastive first', [n, d]), [n, d]),
    tf.tensor2d(hashed('contrastive second', [n, d]), [n, d]),
  ];
  return tf.concat([first, first.add(tf.linspace(0.2, 2, n).expandDims(1).mul(moved))]) as tf.Tensor2D;
});

test("values and gradients by the projections equal torch's", () => {
  assert.deepEqual(new Set(cases.map(({loss}) => loss)), new Set(Object.keys(losses)));
  for (const {loss, options, value, gradient} of cases) {
    const ours = tf.valueAndGrad((z: tf.Tensor) => losses[loss]!(z as tf.Tensor2D, options))(projections);
    try {
      close(ours.value.dataSync(), [value], 1e-5);
      close(ours.grad.dataSync(), gradient, 1e-5);
    } catch (error) {
      throw new Error(`${loss} ${JSON.stringify(options)}: ${(error as Error).message}`);
    }
  }
});

for (const [name, loss] of Object.entries(losses)) {
  const settings: {}[] = cases.filter(({loss: own}) => own === name).map(({options}) => options);
  test(`${name}: compiled, loss and gradient are those of the function itself; no tensor is left`, async () => {
    const step = (_state: {}, {z}: {z: tf.Tensor2D}) => ({
      outputs: {
        found: tf.concat(
          [{}, ...settings].flatMap(options => {
            const {loss: value, gradients} = valueAndGradients(
              ({z: points}) => ({loss: loss(points, options), outputs: {}}),
              {z},
            );
            return [value.as1D(), gradients.z.as1D()];
          }),
        ),
      },
    });
    const compiled = compile<{}, {z: tf.Tensor2D}, {found: tf.Tensor}>(
      step,
      {},
      {z: {dtype: 'float32', shape: [null, null]}},
    );
    for (const seed of [1, 2, 3]) {
      tf.tidy(() => {
        const z = normal(key(seed), [2 * n, 5]).mul(tf.scalar(1 + seed)) as tf.Tensor2D;
        const eager = step({}, {z}).outputs.found.dataSync();
        assert.ok(eager.some(value => Math.abs(value) > 1e-3));
        const graph = compiled.run({z}).found;
        close(graph.dataSync(), eager, 1e-5);
      });
    }
    compiled.dispose();
    await flat(() => loss(projections, settings[0]), 1);
  });
}

test('a tensor may hold the temperature, and is trained through', () => {
  const z = normal(key(4), [8, 4]);
  for (const name of [
    'contrastive',
    'hardContrastive',
    'ntLogistic',
    'decoupled',
    'debiased',
    'hardNegativeWeighted',
  ]) {
    const at = (temperature: number | tf.Scalar) => losses[name]!(z, {temperature});
    close(at(tf.scalar(0.4)).dataSync(), at(0.4).dataSync(), 1e-6);
    const slope = tf
      .grad((τ: tf.Tensor) => at(τ as tf.Scalar))(tf.scalar(0.4))
      .dataSync();
    const [above, below] = [at(0.41).dataSync()[0]!, at(0.39).dataSync()[0]!];
    close(slope, [(above - below) / 0.02], 5e-3);
    assert.throws(() => at(0), new RegExp(`^RangeError: ${name}: expected temperature > 0, got 0`));
    assert.throws(() => at(NaN), new RegExp(`^RangeError: ${name}: expected temperature > 0, got NaN`));
  }
});

test('a small temperature and extreme similarities give numbers, in the loss and in its gradient', () => {
  const z = tf.tensor2d([
    [1, 0],
    [1, 0],
    [-1, 0],
    [0, 1],
    [1, 0],
    [-1, 0],
    [-1, 0],
    [0, 0],
  ]); // one image's views agree, another's are opposite; one row is zero
  for (const name of Object.keys(losses)) {
    for (const options of [
      {temperature: 0.005},
      {temperature: 0.005, semiHard: true},
      {temperature: 0.005, classShare: 0.5},
      {alpha: 1},
    ]) {
      const {value, grad} = tf.valueAndGrad((points: tf.Tensor) => losses[name]!(points as tf.Tensor2D, options))(z);
      assert.ok(
        [...value.dataSync(), ...grad.dataSync()].every(Number.isFinite),
        `${name} ${JSON.stringify(options)}: ${value.dataSync()}, ${grad.dataSync()}`,
      );
    }
  }
});

test('similarities whose shapes do not fit are refused by all', () => {
  const wrong = {positive: tf.zeros<tf.Rank.R1>([3]), negatives: tf.zeros<tf.Rank.R2>([4, 5])};
  for (const [name, loss] of Object.entries({
    contrastive,
    simple,
    hardContrastive,
    hardSimple,
    marginTriplet,
    ntLogistic,
    decoupled,
    debiased,
    hardNegativeWeighted,
  })) {
    assert.throws(
      () => loss(wrong),
      new RegExp(
        `^RangeError: ${name}: expected similarities with positives \\[n\\] and negatives \\[n, m\\], n and ` +
          `m ≥ 1, got \\[3\\] and \\[4,5\\]`,
      ),
    );
  }
});
