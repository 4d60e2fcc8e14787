import assert from 'node:assert/strict';
import {test} from 'node:test';
import {uniformity} from '../../lib/analysis/uniformity';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/analysis.json';
import {classes} from '../reference/classes';
import {rotation} from './rotation';

const {n, d, k} = reference;
const x = classes('first', n, d, k).features;

test('equals minus uniform_loss of align_uniform', async () => {
  for (const [t, expected] of Object.entries(reference.uniformity)) {
    close((await flat(() => uniformity(x, {t: Number(t)}), 1)).dataSync(), [expected], 1e-5);
  }
});

test('even points on the sphere of 128 dimensions give 3.9375, also in several blocks', () => {
  close(uniformity(normal(key(1), [3000, 128])).dataSync(), [3.9375], 0.01 / 3.9375);
});

test('blocks do not show', () => {
  const z = normal(key(2), [2300, 8]);
  const u = z.div(z.norm('euclidean', 1, true));
  const s = tf.matMul(u, u, false, true).sub(1).mul(4).exp();
  const expected = -Math.log((s.sum().dataSync()[0]! - 2300) / (2300 * 2299));
  close(uniformity(z).dataSync(), [expected], 1e-4);
});

test('length and rotation do not matter; all alike give 0', () => {
  const before = uniformity(x).dataSync();
  close(uniformity(tf.matMul(x, rotation(d)).mul(30)).dataSync(), before, 1e-5);
  close(uniformity(tf.ones([10, 4])).dataSync(), [0], 1e-5);
});

test('gradients are those of finite differences', () => {
  const z = normal(key(3), [8, 3]);
  const g = tf
    .grad((points: tf.Tensor) => uniformity(points as tf.Tensor2D))(z)
    .dataSync();
  const at = (i: number, step: number) =>
    uniformity(
      tf.tensor2d(
        z.dataSync().map((v, j) => v + (i === j ? step : 0)),
        [8, 3],
      ),
    ).dataSync()[0];
  close(
    g,
    Array.from(g, (_, i) => (at(i, 1e-2)! - at(i, -1e-2)!) / 2e-2),
    2e-3,
  );
});

test('too few samples and t ≤ 0 are refused', () => {
  assert.throws(() => uniformity(tf.ones([7, 2])), /^RangeError: uniformity: expected at least 8 samples, got 7/);
  assert.throws(() => uniformity(x, {t: 0}), /^RangeError: uniformity: expected t > 0, got 0/);
});
