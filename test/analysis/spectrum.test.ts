import assert from 'node:assert/strict';
import {test} from 'node:test';
import {participationRatio} from '../../lib/analysis/participationRatio';
import {spectrum} from '../../lib/analysis/spectrum';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {unit} from '../../lib/layers/unit';
import {close} from '../close';
import {flat} from '../flat';
import {rotation} from './rotation';

const z = normal(key(1), [200, 12]).mul(tf.linspace(2, 0.2, 12)) as tf.Tensor2D;

test('adds up to 1 − ‖mean‖², gives the participation ratio, and is the same for every turn and length', async () => {
  const values = Array.from((await flat(() => spectrum(z), 1)).dataSync());
  const sum = values.reduce((a, b) => a + b);
  close([sum], [1 - unit(z).mean(0).square().sum().dataSync()[0]!], 1e-5);
  close([sum ** 2 / values.reduce((a, b) => a + b * b, 0)], participationRatio(z).dataSync(), 1e-4);
  assert.deepEqual(
    values,
    [...values].sort((a, b) => b - a),
  );
  close(spectrum(tf.matMul(z, rotation(12)).mul(7) as tf.Tensor2D).dataSync(), values, 1e-5);
});

test('equal variances in all directions of the sphere; three directions of which all else is empty; one point', () => {
  close(spectrum(normal(key(2), [50_000, 4])).dataSync(), [0.25, 0.25, 0.25, 0.25], 5e-3);
  const three = Array.from(
    spectrum(
      tf.matMul(tf.concat([normal(key(3), [100, 3]), tf.zeros([100, 9])], 1), rotation(12)) as tf.Tensor2D,
    ).dataSync(),
  );
  assert.ok(three[2]! > 0.1 && three[3]! < 1e-9, `${three}`);
  assert.ok(Math.max(...spectrum(tf.ones([30, 5])).dataSync()) < 1e-9);
});

test('no more samples than dimensions are refused', () => {
  assert.throws(
    () => spectrum(tf.ones([12, 12])),
    /^RangeError: spectrum: expected more samples than dimensions, 12, got 12/,
  );
});
