import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {weightNorm} from '../../lib/layers/weightNorm';
import {unit} from '../../lib/layers/unit';
import {close} from '../close';
import {flat} from '../flat';

const x = () => unit(normal(key(1), [5, 4]));

test('g is 1: outputs of unit rows are cosines, whatever the length of a row of weights', () => {
  const layer = weightNorm(4, 3);
  const params = layer.init(key(0)) as {weight_v: tf.Tensor2D};
  assert.deepEqual([layer.width, Object.keys(params), params.weight_v.shape], [3, ['weight_v'], [3, 4]]);
  const y = layer.apply(params, x(), {});
  const rows = params.weight_v.arraySync();
  close(
    y.dataSync(),
    x()
      .arraySync()
      .flatMap(input =>
        rows.map(row => row.reduce((sum, value, i) => sum + value * input[i]!, 0) / Math.hypot(...row)),
      ),
    1e-5,
  );
  close(
    layer.apply({weight_v: params.weight_v.mul(tf.tensor2d([0.1, 3, 70], [3, 1]))}, x(), {}).dataSync(),
    y.dataSync(),
    1e-5,
  );
  close(
    layer
      .apply(params, unit(params.weight_v), {})
      .dataSync()
      .filter((_, i) => i % 4 === 0),
    [1, 1, 1],
    1e-5,
  ); // a row with itself
});

test('the length of a row gets no gradient', () => {
  const layer = weightNorm(4, 3);
  const weight = normal(key(2), [3, 4]);
  const gradient = tf.grad((w: tf.Tensor) => layer.apply({weight_v: w}, x(), {}).square().sum())(weight);
  close(gradient.mul(weight).sum(1).dataSync(), [0, 0, 0], 1e-5);
  assert.ok(gradient.norm().dataSync()[0]! > 0.1);
});

test('nothing is left in memory but the result', async () => {
  const layer = weightNorm(4, 3);
  const given = x();
  const k = key(3);
  const params = await flat(() => layer.init(k), 1);
  await flat(() => layer.apply(params, given, {}), 1);
});
